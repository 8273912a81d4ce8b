// "Tell me when the answer comes" (clause 1.7: off until the visitor asks). A browser asks for
// leave to notify only in a first-party window, and the visitor's cookie is not visible there; so
// the frame fetches a token that works once and hands it over in the window's fragment, which never
// leaves the browser.

import { api, inbox } from "./api.ts";
import { explain } from "./explain.ts";
import { set, state } from "./state.ts";

/** Ask, and say above the text field what went wrong. */
export const ask = (): Promise<void> =>
  openWindow().catch((error) => set({ hint: explain(error) }));

/** Open the window that asks. */
export async function openWindow(): Promise<void> {
  const { token } = await api.handOver();
  const pass = new URLSearchParams({ token, page: state.page ?? "", language: state.language });
  const address = `/widget/${encodeURIComponent(inbox)}?window=push#${pass}`;
  if (!window.open(address, "_blank", "popup,width=420,height=520")) throw new Error("blocked");
  set({ wake: "asked" });
}

/** The browser can be woken, and the company has not switched it off. */
export const possible = (): boolean =>
  Boolean(state.config?.push_key) && "PushManager" in window && "serviceWorker" in navigator;
