// A visit from its beginning to its end: read the inbox, show the notice, begin when the visitor
// has accepted it, and forget everything when asked. Nothing is stored, here or on the server,
// before the visitor accepts (clauses P.2, 3.4a).

import type { Identity, Language, Visitor, WidgetConfig } from "../../wire/wire.ts";
import { api, Trouble } from "./api.ts";
import { explain } from "./explain.ts";
import { tell } from "./page.ts";
import { queue } from "./queue.ts";
import { set, state } from "./state.ts";
import { enter, leave } from "./talk.ts";
import { ours } from "./words/index.ts";

let identity: Identity | null = null;
let wish: Language | null = null; // the page or the visitor asked for this language

/** ask: show the notice even to somebody who accepted an earlier one. */
export async function begin(ask = false): Promise<void> {
  leave();
  try {
    const config = await read(wish ?? ours(navigator.language) ?? "en");
    const { visitor: known } = config;
    if (config.held === "guardian_required") return set({ view: "guardian" });
    const visitor =
      known && identity && !same(known.visitor, identity) ? await start(config) : known;
    if (visitor && !ask) await enter(visitor, ended);
    else set({ view: "notice", visitor: null });
    tell({ silkroad: "known", known: Boolean(visitor?.conversation_id) });
  } catch (error) {
    set({ view: "trouble", hint: explain(error) });
  }
}

/** The connection was refused for good: the session ended, or the notice is a new one. */
function ended(): void {
  void begin(true);
}

export async function accept(): Promise<void> {
  const { config } = state;
  if (!config || state.busy) return;
  set({ busy: true, hint: "" });
  try {
    await enter(await start(config), ended);
  } catch (error) {
    const { code = "", status = 0 } = error instanceof Trouble ? error : {};
    if (code === "guardian_required") set({ view: "guardian" });
    else set({ hint: (code === "birth_date_required" && state.young?.ask()) || explain(error) });
    if (status === 428) await read(state.language);
  }
  set({ busy: false });
}

export async function speak(language: Language): Promise<void> {
  wish = language;
  if (!state.config) return;
  try {
    await read(language);
    if (state.visitor) await api.speak(state.language);
  } catch (error) {
    set({ hint: explain(error) });
  }
}

/** The company's page says who its customer is; null: signed out, so this chat is not theirs. */
export async function identify(now: Identity | null): Promise<void> {
  const before = identity;
  identity = now;
  if (!state.visitor || JSON.stringify(now) === JSON.stringify(before)) return;
  if (now) await begin();
  else if (state.visitor.visitor.verified) await forget();
}

export function introduce(now: Identity | null, language: string | null): void {
  identity = now;
  wish = language ? ours(language) : null;
}

export async function forget(): Promise<void> {
  leave();
  set({
    view: "loading",
    about: false,
    visitor: null,
    messages: [],
    sending: [],
    uploads: [],
    unread: 0,
  });
  queue.clear();
  await api.forget().catch(() => null);
  await begin();
}

/** A verified visitor with the very details that the page gives need not be introduced again. */
function same(visitor: Visitor, { name, email, phone }: Identity): boolean {
  const given = [name, email, phone].map((detail) => detail ?? null);
  const known = [visitor.name, visitor.email, visitor.phone];
  return visitor.verified && given.some(Boolean) && String(given) === String(known);
}

async function read(language: Language): Promise<WidgetConfig> {
  let config = await api.config(language);
  const spoken = config.visitor?.visitor.language;
  if (!wish && spoken && spoken !== config.language) config = await api.config(spoken);
  // Few visitors are ever asked how old they are, so few fetch what asks them.
  if (config.ask_birth_date || config.held) set({ young: await import("./guardian.tsx") });
  const { color, name } = config.inbox;
  set({ config, language: config.language });
  tell({ silkroad: "look", color, name, language: config.language });
  return config;
}

async function start({ notice }: WidgetConfig): Promise<ReturnType<typeof api.start>> {
  try {
    return await api.start(notice.hash, state.language, identity, state.birth || null);
  } catch (error) {
    // A wrong signature must not keep a customer from asking; but nobody may land in the chat of
    // the customer who was signed in before.
    if (!identity || !(error instanceof Trouble) || ![401, 403, 422].includes(error.status)) {
      throw error;
    }
    await api.forget().catch(() => null);
    return api.start(notice.hash, state.language, null, state.birth || null);
  }
}
