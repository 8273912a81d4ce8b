// What was said, in order, and how much of it the visitor has not read yet.

import type { Message, VisitorState } from "../../wire/wire.ts";
import { tell } from "./page.ts";
import { queue, type Waiting } from "./queue.ts";
import { say, set, state } from "./state.ts";

/** Puts a message where it belongs, be it new, a repeat, or our own come back. */
export function hear(message: Message): void {
  const { visitor } = state;
  if (!visitor || message.lane !== "public") return;
  visitor.conversation_id = message.conversation_id;
  const sending = state.sending.filter((one) => one.id !== message.client_id);
  if (message.client_id) void queue.drop(message.client_id);
  set({ messages: merge([message]), sending });
  if (message.author.kind === "member") welcomeAnswer(message, visitor);
  else tell({ silkroad: "known", known: true });
}

function welcomeAnswer(message: Message, visitor: VisitorState): void {
  if (message.seq > visitor.read_seq && message.seq > visitor.last_seq) {
    count(visitor.read_seq, state.unread + 1);
  }
  visitor.last_seq = Math.max(visitor.last_seq, message.seq);
  set({
    spoken: `${message.author.name ?? say().team}: ${message.text || message.files[0]?.name}`,
  });
}

/** Sets how far the visitor has read, and how much is unread. */
export function count(read: number, unread: number): void {
  if (!state.visitor) return;
  state.visitor.read_seq = Math.max(state.visitor.read_seq, read);
  set({ unread });
  tell({ silkroad: "unread", count: unread });
}

export function unreadAfter(seq: number): number {
  return state.messages.filter((one) => one.seq > seq && one.author.kind === "member").length;
}

export function merge(items: Message[]): Message[] {
  const all = new Map(state.messages.map((message) => [message.seq, message]));
  for (const message of items) if (message.kind === "text") all.set(message.seq, message);
  return [...all.values()].sort((a, b) => a.seq - b.seq);
}

/** What we wrote, now that the server has given it a number. */
export function mine(entry: Waiting, conversation_id: string, seq: number, at: number): Message {
  const { id, name } = state.visitor?.visitor ?? { id: "", name: null };
  const { text, files } = entry;
  const author = { kind: "visitor", id, name } as const;
  const rest = { lane: "public", kind: "text", mentions: [] as string[] } as const;
  return { ...rest, conversation_id, seq, client_id: entry.id, author, text, files, at };
}
