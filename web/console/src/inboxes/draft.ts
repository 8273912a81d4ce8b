/** An inbox while it is edited, and what can be said about it before the server does. */
import type { Inbox, InboxDraft, Language } from "../../../wire/wire.ts";
import { language } from "../words/index.ts";

export const colors = [
  "#0b6e66",
  "#2457c5",
  "#7a3fc2",
  "#b3306a",
  "#b4472a",
  "#8a6100",
  "#3f7a1f",
  "#4a4f55",
];

export function draftFrom(inbox: Inbox | null, me: string): InboxDraft {
  if (!inbox) {
    const own: Language = language.peek();
    return {
      name: "",
      color: colors[0] ?? "#0b6e66",
      greeting: {},
      languages: [own],
      allowed_origins: [],
      office_hours: null,
      member_ids: me ? [me] : [],
    };
  }
  const { name, color, greeting, languages, allowed_origins, office_hours, member_ids } = inbox;
  return { name, color, greeting, languages, allowed_origins, office_hours, member_ids };
}

/** Leaves out greetings of languages that are no longer offered, and empty ones. */
export function tidy(draft: InboxDraft): InboxDraft {
  const greeting: InboxDraft["greeting"] = {};
  for (const tag of draft.languages) {
    const text = draft.greeting[tag]?.trim();
    if (text) greeting[tag] = text;
  }
  return { ...draft, name: draft.name.trim(), greeting };
}

/** "shop.example/path" as the browser's Origin header says it; null when it is no web address. */
export function originOf(typed: string): string | null {
  const text = typed.trim();
  try {
    const url = new URL(/^https?:\/\//i.test(text) ? text : `https://${text}`);
    return url.hostname && /^https?:$/.test(url.protocol) ? url.origin : null;
  } catch {
    return null;
  }
}
