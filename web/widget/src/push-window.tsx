// The small first-party window that asks the browser for leave to notify, registers the worker and
// gives the subscription to the server with the one-time token from the frame.

import { render } from "preact";
import { api, inbox } from "./api.ts";
import { paint } from "./paint.ts";
import { type PushWords, pushWords } from "./push-words.ts";
import { ours } from "./words/index.ts";

void ask();

async function ask(): Promise<void> {
  const pass = new URLSearchParams(location.hash.slice(1));
  const language = ours(pass.get("language") ?? "en") ?? "en";
  history.replaceState(null, "", location.pathname + location.search); // the token is used up soon
  document.documentElement.lang = language;
  const say = pushWords[language];
  try {
    const { inbox: shop, push_key } = await api.config(language);
    document.title = shop.name;
    paint(shop.color);
    const allow = async () => {
      show(say, "…");
      const done = await subscribe(push_key ?? "", pass).catch(() => null);
      show(say, done === null ? say.failed : done ? say.done : say.denied);
    };
    show(say, say.ask(shop.name), allow);
  } catch {
    show(say, say.failed);
  }
}

async function subscribe(key: string, pass: URLSearchParams): Promise<boolean> {
  if ((await Notification.requestPermission()) !== "granted") return false;
  const registration = await navigator.serviceWorker.register(worker(), {
    scope: `/widget/${encodeURIComponent(inbox)}`,
  });
  const wish = { userVisibleOnly: true, applicationServerKey: key };
  const subscription = await (await active(registration)).pushManager.subscribe(wish);
  await api.subscribe(pass.get("token") ?? "", subscription.toJSON(), pass.get("page") || null);
  return true;
}

interface Policy {
  createScriptURL(address: string): string;
}
interface Types {
  createPolicy(name: string, rules: Policy): Policy;
}

// The page's policy lets scripts in only through a trusted type; this one address is a constant.
function worker(): string {
  const address = "/visitor-worker.js";
  const { trustedTypes } = window as { trustedTypes?: Types }; // not in Firefox and Safari
  const policy = trustedTypes?.createPolicy("visitor-worker", {
    createScriptURL: () => address,
  });
  return policy?.createScriptURL(address) ?? address;
}

function active(registration: ServiceWorkerRegistration): Promise<ServiceWorkerRegistration> {
  const fresh = registration.installing ?? registration.waiting;
  if (registration.active || !fresh) return Promise.resolve(registration);
  return new Promise((resolve) => {
    fresh.onstatechange = () => {
      if (fresh.state === "activated") resolve(registration);
    };
  });
}

function show(say: PushWords, text: string, allow?: () => void): void {
  render(
    <main class="center">
      <p role="status">{text}</p>
      {allow && (
        <button type="button" class="main" onClick={allow}>
          {say.allow}
        </button>
      )}
    </main>,
    document.body,
  );
}
