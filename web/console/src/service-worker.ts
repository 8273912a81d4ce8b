/**
 * The console's service worker, clause 1.7: it wakes an absent agent, and opens the app without a
 * network. A push carries an opaque id only; what to show is fetched from our own server.
 */
import type { Language, Wake } from "../../wire/wire.ts";

/** Filled in when it is built: the files of the app's shell, and one generic text per language. */
declare const SHELL: { version: string; files: string[] };
declare const WORDS: Record<Language, { title: string; body: string }>;
declare const self: ServiceWorkerGlobalScope;

/** How long the server may take to say what to show, in ms. Browsers end a worker that waits on. */
const patience = 10_000;
const cacheName = `silkroad-shell-${SHELL.version}`;

// A new worker waits for the old tabs to close: they still need the files of their own release.
self.addEventListener("install", (event) => {
  event.waitUntil(keepShell());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldShells().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && isConsolePage(url.pathname)) event.respondWith(page(request));
  else if (SHELL.files.includes(url.pathname)) event.respondWith(shellFile(request));
});

self.addEventListener("push", (event) => {
  event.waitUntil(wake(event.data));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openConsole(String(event.notification.data?.url ?? "/")));
});

async function keepShell() {
  const cache = await caches.open(cacheName);
  await cache.addAll(SHELL.files);
}

async function dropOldShells() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("silkroad-shell-") && name !== cacheName);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** The widget, the policy page and the API are not the console's. */
function isConsolePage(path: string): boolean {
  return !/^\/(api|live|widget|privacy|openapi\.json|healthz|readyz)(\/|$|\.)/.test(path);
}

/** The page comes from the server while there is one, so that a new release is seen at once. */
async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match("/index.html")) ?? Response.error();
  }
}

async function shellFile(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** Browsers demand a notification for every push, so there is one whatever goes wrong. */
async function wake(data: PushMessageData | null) {
  const found = await fetchWake(data);
  const { title, body, tag, url } = found ?? generic();
  await self.registration.showNotification(title, {
    body,
    tag,
    lang: found?.language ?? navigator.language,
    icon: "/icons/192.png",
    badge: "/icons/badge.png",
    data: { url },
  });
}

async function fetchWake(data: PushMessageData | null): Promise<Wake | null> {
  try {
    if (!data) return null;
    const { id } = data.json() as { id: string };
    const answer = await fetch(`/api/wakes/${encodeURIComponent(id)}`, {
      credentials: "include",
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(patience),
    });
    return answer.ok ? ((await answer.json()) as Wake) : null;
  } catch {
    return null;
  }
}

function generic(): Pick<Wake, "title" | "body" | "tag" | "url"> {
  const wanted = navigator.language.toLowerCase();
  const tags = Object.keys(WORDS) as Language[];
  const tag = tags.find((ours) => wanted.startsWith(ours.toLowerCase().split("-")[0] ?? ours));
  return { ...WORDS[tag ?? "en"], tag: "silkroad", url: "/" };
}

/** Brings an open console forward and moves it there, or opens one. Only our own pages. */
async function openConsole(address: string) {
  const url = new URL(address, location.origin);
  const to = url.origin === location.origin ? url.pathname + url.search : "/";
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = windows.find((client) => isConsolePage(new URL(client.url).pathname));
  if (!open) {
    await self.clients.openWindow(to);
    return;
  }
  await open.focus();
  open.postMessage({ go: to });
}
