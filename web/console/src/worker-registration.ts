/** Registers the service worker, and lets it move this tab when a notification was clicked. */
import { go, parse } from "./router.ts";

/** The page's policy wants script addresses vouched for; this is the only one there is. */
interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL: (url: string) => string };
}

export function registerWorker() {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  const policy = policies?.createPolicy("silkroad-worker", {
    createScriptURL: (url) => {
      if (url !== "/service-worker.js") throw new TypeError("not our worker");
      return url;
    },
  });
  const address = policy ? policy.createScriptURL("/service-worker.js") : "/service-worker.js";
  navigator.serviceWorker.register(address, { scope: "/" }).catch(() => undefined);
  navigator.serviceWorker.addEventListener("message", (event: MessageEvent<{ go?: string }>) => {
    const to = event.data?.go;
    if (to?.startsWith("/") && parse(to).page !== "nowhere") go(to);
  });
}
