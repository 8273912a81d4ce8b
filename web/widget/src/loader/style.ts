// The look of the bubble and its panel. A constructed sheet needs no 'unsafe-inline' from the
// company's content security policy, and a closed shadow root keeps the page's rules out.

export const style = `
:host{all:initial;color-scheme:light dark}
:host,button,iframe,div,b{box-sizing:border-box}
button{all:unset;position:fixed;z-index:2147483647;inset:auto max(20px,env(safe-area-inset-right)) max(20px,env(safe-area-inset-bottom)) auto;width:56px;height:56px;border-radius:50%;background:var(--color);color:var(--text);cursor:pointer;display:grid;place-items:center;box-shadow:0 4px 16px rgb(0 0 0/.24)}
button:focus-visible{outline:3px solid #fff;outline-offset:-5px;box-shadow:0 0 0 3px #000,0 4px 16px rgb(0 0 0/.24)}
svg{width:28px;height:28px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
b{position:absolute;inset:-4px -4px auto auto;min-width:20px;height:20px;padding:0 5px;border-radius:10px;background:#b3261e;color:#fff;font:600 12px/20px system-ui,sans-serif;text-align:center;outline:2px solid #fff}
b:empty{display:none}
p{position:fixed;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%)}
div{position:fixed;z-index:2147483646;right:max(20px,env(safe-area-inset-right));bottom:calc(max(20px,env(safe-area-inset-bottom)) + 68px);width:min(384px,100vw - 40px);height:min(640px,100dvh - 108px);border-radius:16px;overflow:hidden;background:light-dark(#fff,#191c1b);box-shadow:0 12px 40px rgb(0 0 0/.28)}
div[hidden]{display:none}
iframe,i{width:100%;height:100%;border:0;display:grid;color-scheme:light dark}
i{place-items:center;font:15px system-ui,sans-serif;color:light-dark(#333,#ddd)}
iframe+i{display:none}
@keyframes in{from{opacity:0;transform:translateY(12px)}}
@media(max-width:480px),(max-height:440px){div{inset:var(--top,0px) 0 auto;width:auto;height:var(--height,100dvh);border-radius:0;padding:env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left)}button[aria-expanded=true]:has(+div>iframe){display:none}}
@media(prefers-reduced-motion:no-preference){div{animation:in .18s}}
@media print{button,div{display:none}}
`;
