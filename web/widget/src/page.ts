// The frame's end of the talk with the loader. Only our parent window counts, and only from the
// origin that said hello first; the server's frame-ancestors decides who can be that.

import type { ToFrame, ToPage } from "./envelope.ts";

let origin: string | null = null;

export function hear(listener: (message: ToFrame) => void): void {
  addEventListener("message", (event: MessageEvent<ToFrame>) => {
    if (event.source !== parent || parent === window) return;
    origin ??= event.origin;
    if (event.origin === origin) listener(event.data);
  });
}

export function tell(message: ToPage): void {
  if (origin) parent.postMessage(message, origin);
}
