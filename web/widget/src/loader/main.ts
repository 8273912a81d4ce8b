// widget.js: what a company pastes into its pages. It draws the bubble and fetches the chat itself
// only when a visitor opens it, or was here before; strangers who never click cost 3 KB and leave
// no trace. It obeys clause 3.4a: no personal data and no token is kept on the company's origin.
//
//   silkroad('open') · silkroad('close') · silkroad('language', 'sq')
//   silkroad('identify', { id, name, email, phone, hmac })   signed-in customer; null signs out
//
// A page may call before the script has come, with the usual stub:
//   window.silkroad ??= (...call) => (silkroad.q ??= []).push(call)

import type { Identity } from "../../../wire/wire.ts";
import type { ToFrame, ToPage } from "../envelope.ts";
import { bubble } from "./bubble.ts";

type Call = ["open" | "close"] | ["identify", Identity | null] | ["language", string];
type Api = ((...call: Call) => void) & { q?: Iterable<Call>; running?: boolean };

declare global {
  interface Window {
    silkroad?: Api;
  }
}

const PATIENCE = 3_000; // the frame answers at once when it is there
const DEFAULT_COLOR = "#0b6e66";
const script = document.currentScript as HTMLScriptElement | null;
const inbox = script?.dataset.inbox;
if (script && inbox && !window.silkroad?.running) run(script, inbox);

function run(tag: HTMLScriptElement, inbox: string): void {
  const { origin } = new URL(tag.src);
  const flag = `silkroad:${inbox}`;
  let language = tag.dataset.language ?? null;
  let identity: Identity | null = null;
  let open = false;
  let greeted = false;
  let answered = false;
  let frame: HTMLIFrameElement | null = null;
  const look = bubble(language ?? navigator.language);
  look.color(DEFAULT_COLOR);
  look.color(tag.dataset.color);

  function load(): void {
    if (frame) return;
    frame = document.createElement("iframe");
    frame.src = `${origin}/widget/${encodeURIComponent(inbox)}`;
    frame.title = "Chat";
    frame.allow = "";
    frame.style.opacity = "0"; // until it answers: an error page of the browser is no greeting
    frame.onload = () => {
      greeted = true;
      tell({ silkroad: "hello", open, page: page(), language, identity });
      setTimeout(giveUp, PATIENCE);
    };
    look.panel.prepend(frame);
  }

  // Our server is away, or the inbox is closed or not meant for this site. The next click tries again.
  function giveUp(): void {
    if (answered) return;
    frame?.remove();
    frame = null;
    greeted = false;
  }

  function tell(message: ToFrame): void {
    if (greeted) frame?.contentWindow?.postMessage(message, origin);
  }

  function hear(event: MessageEvent<ToPage>): void {
    if (event.origin !== origin || !frame || event.source !== frame.contentWindow) return;
    const message = event.data;
    answered = true;
    frame.style.opacity = "1";
    if (message.silkroad === "unread") look.unread(message.count);
    if (message.silkroad === "known") remember(flag, message.known);
    if (message.silkroad === "close") show(false);
    if (message.silkroad === "look") {
      look.color(message.color);
      look.language(message.language);
      frame.title = message.name;
    }
  }

  function show(now: boolean): void {
    if (now === open) return;
    open = now;
    if (open) load();
    look.show(open);
    tell(open ? { silkroad: "open", page: page() } : { silkroad: "close" });
    (open ? frame : look.button)?.focus();
  }

  const api: Api = (...[command, value]: Call) => {
    if (command === "open") show(true);
    if (command === "close") show(false);
    if (command === "language") {
      language = value ?? null;
      look.language(value ?? "");
      tell({ silkroad: "language", language: value ?? "" });
    }
    if (command === "identify") {
      identity = value ?? null;
      tell({ silkroad: "identify", identity });
    }
  };
  api.running = true;
  const early = window.silkroad?.q ?? [];
  window.silkroad = api;
  for (const call of early) api(...call);

  addEventListener("message", hear);
  look.button.onclick = () => show(!open);
  look.button.onkeydown = (event) => {
    if (event.key === "Escape") show(false);
  };
  if (remembered(flag)) (window.requestIdleCallback ?? setTimeout)(load);
}

/** Without query and fragment: they may hold what is nobody's business. */
function page(): string {
  return location.origin + location.pathname;
}

// The flag says "has written here", nothing else, and is set only after the visitor has.
function remember(flag: string, known: boolean): void {
  try {
    if (known) localStorage.setItem(flag, "1");
    else localStorage.removeItem(flag);
  } catch {
    // A page without storage: the badge waits until the visitor opens the chat.
  }
}

function remembered(flag: string): boolean {
  try {
    return localStorage.getItem(flag) === "1";
  } catch {
    return false;
  }
}
