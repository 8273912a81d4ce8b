/** How facts change the loaded messages of a conversation, and the ones still on their way. */
import type { Ack } from "../../../live/src/index.ts";
import type { Message, MessagePage } from "../../../wire/wire.ts";
import { type Pending, put, type State, type Thread } from "./state.ts";

/** Adds a message to its thread if that is loaded; my own echo leaves the queue. */
export function addMessage(state: State, message: Message): State {
  const thread = state.threads.get(message.conversation_id);
  const pending = message.client_id
    ? state.pending.filter((item) => item.client_id !== message.client_id)
    : state.pending;
  if (!thread) return { ...state, pending };
  const next = { ...thread, messages: merge(thread.messages, [message]) };
  return { ...state, pending, threads: put(state.threads, message.conversation_id, next) };
}

/** The message that an acknowledgement makes of what I sent. */
export function confirmed(state: State, ack: Ack): Message | null {
  const sent = state.pending.find((item) => item.client_id === ack.id);
  const me = state.me?.member;
  if (!sent || !me) return null;
  return {
    conversation_id: ack.conversation,
    lane: sent.note ? "internal" : "public",
    seq: ack.seq,
    ...(ack.position === undefined ? {} : { position: ack.position }),
    client_id: ack.id,
    author: { kind: "member", id: me.id, name: me.name },
    kind: sent.note ? "note" : "text",
    text: sent.text,
    files: [...sent.files],
    mentions: [...sent.mentions],
    at: ack.at,
  };
}

export function setPending(state: State, item: Pending): State {
  const others = state.pending.filter((other) => other.client_id !== item.client_id);
  return { ...state, pending: [...others, item] };
}

export function setFailed(state: State, id: string, failed: Pending["failed"]): State {
  const pending = state.pending.map((item) => (item.client_id === id ? { ...item, failed } : item));
  return { ...state, pending };
}

export function addPage(state: State, id: string, page: MessagePage, older: boolean): State {
  const known = state.threads.get(id);
  const joined = known && (older || touches(known, page)) ? known : undefined;
  const messages = merge(joined?.messages ?? [], page.items);
  const more = joined && !older ? joined.more : page.more;
  const mine = new Set(page.items.map((message) => message.client_id));
  return {
    ...state,
    threads: put(state.threads, id, { messages, more }),
    pending: state.pending.filter((item) => !mine.has(item.client_id)),
  };
}

/** Whether a newly loaded end of the thread joins what was known without a hole. */
function touches(thread: Thread, page: MessagePage): boolean {
  const known = thread.messages.filter((message) => message.lane === "public").at(-1);
  const first = page.items.find((message) => message.lane === "public");
  return !first || !known || first.seq <= known.seq + 1;
}

const keyOf = (message: Message) => `${message.lane} ${message.seq}`;
const placeOf = (message: Message) => message.position ?? Number.MAX_SAFE_INTEGER;

function merge(old: readonly Message[], fresh: readonly Message[]): Message[] {
  const all = new Map(old.map((message) => [keyOf(message), message]));
  for (const message of fresh) all.set(keyOf(message), message);
  return [...all.values()].sort((a, b) => placeOf(a) - placeOf(b) || a.at - b.at || a.seq - b.seq);
}
