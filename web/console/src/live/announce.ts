/** Reads new messages out to those who do not see them arrive. */
import { signal } from "@preact/signals";
import type { Message } from "../../../wire/wire.ts";
import { authorName } from "../names.ts";
import { me, snapshot } from "../store/store.ts";
import { t } from "../words/index.ts";

export const announcement = signal("");

export function announce(message: Message, open: string | null) {
  if (message.kind === "event" || message.author.id === me.peek()?.member.id) return;
  const here = message.conversation_id === open;
  if (!here && message.author.kind !== "visitor") return;
  const name = authorName(message.author, snapshot().conversations.get(message.conversation_id));
  announcement.value = here
    ? t("announce.here", { name, text: message.text || t("list.file") })
    : t("announce.elsewhere", { name });
}
