// The visitor's worker: wakes for a push that carries an opaque id only, asks the server what to
// say (never what was written), shows it, and a click leads back to the page with the chat.
// Built as /visitor-worker.js, one registration per inbox: its scope is /widget/<inbox>.

import type { Wake } from "../../wire/wire.ts";

declare const self: ServiceWorkerGlobalScope;

/** How long the server may take to say what to show, in ms. Browsers end a worker that waits on. */
const patience = 10_000;
const ANSWER: Record<string, string> = {
  zh: "您有新的回复",
  sq: "Keni një përgjigje të re",
};
const FALLBACK: Wake = {
  title: ANSWER[navigator.language.slice(0, 2)] ?? "You have a new answer",
  body: "",
  url: "",
  tag: "silkroad",
  language: "en",
};

self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("push", (event) => event.waitUntil(show(event.data)));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(go(event.notification.data || self.registration.scope));
});

// A browser takes the permission away from a worker that wakes and shows nothing, so something is
// shown even when the server cannot be reached.
async function show(data: PushMessageData | null): Promise<void> {
  const wake = await fetchWake(data).catch(() => FALLBACK);
  const { title, body, url, tag, language } = wake;
  await self.registration.showNotification(title, { body, tag, lang: language, data: url });
}

async function fetchWake(data: PushMessageData | null): Promise<Wake> {
  const { id } = data ? data.json() : {};
  const inbox = new URL(self.registration.scope).pathname.split("/").pop();
  const answer = await fetch(`/api/widget/${inbox}/wakes/${encodeURIComponent(id)}`, {
    signal: AbortSignal.timeout(patience),
  });
  return answer.ok ? answer.json() : FALLBACK;
}

async function go(url: string): Promise<void> {
  await self.clients.openWindow(url);
}
