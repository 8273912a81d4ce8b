/** The messages of a conversation as the eye wants them: days, groups by author, and the line above the new ones. */

import type { Author, Message } from "../../../wire/wire.ts";
import { sameDay } from "../format.ts";
import type { Pending } from "../store/state.ts";

export interface Entry {
  key: string;
  message: Message;
  /** Still on its way; null once the server has it. */
  pending: Pending | null;
}

export type Line =
  | { kind: "day"; key: string; at: number }
  | { kind: "new"; key: string }
  | { kind: "event"; key: string; message: Message }
  | { kind: "group"; key: string; author: Author; note: boolean; entries: Entry[] };

const together = 5 * 60_000;

/** `newFrom` is the first public sequence number that the agent had not read on arrival. */
export function layout(
  messages: readonly Message[],
  waiting: readonly Pending[],
  newFrom: number | null,
  me: Author,
): Line[] {
  const entries = [...messages.map(arrived), ...waiting.map((item) => underway(item, me))];
  const lines: Line[] = [];
  let last: Entry | null = null;
  let marked = newFrom === null;
  for (const entry of entries) {
    const { message } = entry;
    if (!last || !sameDay(last.message.at, message.at)) {
      lines.push({ kind: "day", key: `day ${entry.key}`, at: message.at });
      last = null;
    }
    if (!marked && isNew(message, newFrom)) {
      lines.push({ kind: "new", key: "new" });
      marked = true;
      last = null;
    }
    const group = lines.at(-1);
    if (message.kind === "event") lines.push({ kind: "event", key: entry.key, message });
    else if (group?.kind === "group" && last && joins(last.message, message))
      group.entries.push(entry);
    else {
      const note = message.kind === "note";
      lines.push({
        kind: "group",
        key: `group ${entry.key}`,
        author: message.author,
        note,
        entries: [entry],
      });
    }
    last = entry;
  }
  return lines;
}

function arrived(message: Message): Entry {
  // The key of an own message is its client id, so that the echo and the stored one are the same element.
  return { key: message.client_id ?? `${message.lane} ${message.seq}`, message, pending: null };
}

function underway(item: Pending, me: Author): Entry {
  const message: Message = {
    conversation_id: item.conversation_id,
    lane: item.note ? "internal" : "public",
    seq: Number.MAX_SAFE_INTEGER,
    client_id: item.client_id,
    author: me,
    kind: item.note ? "note" : "text",
    text: item.text,
    files: [...item.files],
    mentions: [...item.mentions],
    at: item.at,
  };
  return { key: item.client_id, message, pending: item };
}

function isNew(message: Message, newFrom: number | null): boolean {
  return (
    newFrom !== null &&
    message.lane === "public" &&
    message.author.kind === "visitor" &&
    message.seq >= newFrom
  );
}

function joins(before: Message, after: Message): boolean {
  return (
    before.kind === after.kind &&
    before.author.kind === after.author.kind &&
    before.author.id === after.author.id &&
    after.at - before.at < together
  );
}
