// The small first-party window that asks the visitor and then their browser for leave to notify,
// registers the worker, and gives the subscription to the server with the one-time token from the
// frame and with the very question that was on the screen.

import { type ComponentChild, render } from "preact";
import type { Agreed, ConsentNotice } from "../../wire/wire.ts";
import { api, call, inbox } from "./api.ts";
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
    const [{ inbox: shop, push_key }, { items }] = await Promise.all([
      api.config(language),
      api.consents(language),
    ]);
    const notice = items.find((item) => item.purpose === "wake_up")?.notice;
    if (!notice) throw new Error("there is nothing to agree to");
    document.title = shop.name;
    paint(shop.color);
    const allow = async () => {
      show(<p role="status">…</p>);
      const consent = { notice_hash: notice.hash, language: notice.language };
      const done = await subscribe(push_key ?? "", pass, consent).catch(() => null);
      show(<p role="status">{done === null ? say.failed : done ? say.done : say.denied}</p>);
    };
    show(<Question say={say} notice={notice} allow={allow} />);
  } catch {
    show(<p role="status">{say.failed}</p>);
  }
}

/** The whole question: what for, which data, who gets it, how long, and how to take it back. */
function Question(props: { say: PushWords; notice: ConsentNotice; allow: () => void }) {
  const { say, notice } = props;
  return (
    <>
      <h2>{notice.title}</h2>
      <p>{notice.why}</p>
      <dl>
        <dt>{say.data}</dt>
        <dd>{notice.data}</dd>
        <dt>{say.who}</dt>
        <dd>{notice.recipients}</dd>
        <dt>{say.kept}</dt>
        <dd>{notice.kept}</dd>
      </dl>
      <p>{notice.withdrawal}</p>
      <button type="button" class="main" onClick={props.allow}>
        {say.allow}
      </button>
      <button type="button" onClick={() => close()}>
        {say.no}
      </button>
    </>
  );
}

async function subscribe(key: string, pass: URLSearchParams, consent: Agreed): Promise<boolean> {
  if ((await Notification.requestPermission()) !== "granted") return false;
  const registration = await navigator.serviceWorker.register(worker(), {
    scope: `/widget/${encodeURIComponent(inbox)}`,
  });
  const wish = { userVisibleOnly: true, applicationServerKey: key };
  const subscription = await (await active(registration)).pushManager.subscribe(wish);
  const [token, page] = [pass.get("token") ?? "", pass.get("page") || null];
  try {
    await call("PUT", "/push", { token, subscription: subscription.toJSON(), page, consent });
  } catch (no) {
    await subscription.unsubscribe(); // what our server does not take, the vendor need not keep
    throw no;
  }
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

function show(what: ComponentChild): void {
  render(<main class="notice">{what}</main>, document.body);
}
