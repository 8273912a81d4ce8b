/** How facts change what is known of a conversation: its state, its read marks, the counts above the list. */
import type { Conversation, Message } from "../../../wire/wire.ts";
import { recount } from "./lists.ts";
import { drop, put, type State, type Thread } from "./state.ts";

const previewLength = 140;

/** Takes a conversation as the server described it just now, in order. */
export function setConversation(state: State, incoming: Conversation): State {
  const old = state.conversations.get(incoming.id);
  const now = keepReading(old, incoming, state.threads.get(incoming.id));
  return counted({ ...state, conversations: put(state.conversations, now.id, now) }, old, now);
}

/** Takes a picture loaded by HTTP, unless newer facts have overtaken it; counts come with their own. */
export function takePicture(state: State, incoming: Conversation): State {
  const old = state.conversations.get(incoming.id);
  if (old && (old.updated_at > incoming.updated_at || old.last_seq > incoming.last_seq))
    return state;
  const now = keepReading(old, incoming, state.threads.get(incoming.id));
  return { ...state, conversations: put(state.conversations, now.id, now) };
}

/** The server's answer to something I did; facts may have come first. */
export function setAnswered(state: State, incoming: Conversation): State {
  const old = state.conversations.get(incoming.id);
  return old && old.updated_at > incoming.updated_at ? state : setConversation(state, incoming);
}

/**
 * What a new public message does to its conversation, before the server describes it: the other
 * side waits or has its answer, and whoever writes has read everything.
 */
export function touch(state: State, message: Message): State {
  const old = state.conversations.get(message.conversation_id);
  if (message.lane !== "public") return state;
  if (!old) return doubt(state, message.conversation_id);
  if (message.seq <= old.last_seq) return state;
  const visitor = message.author.kind === "visitor";
  const mine = message.author.id === state.me?.member.id;
  const now: Conversation = {
    ...old,
    last_seq: message.seq,
    updated_at: Math.max(old.updated_at, message.at),
    waiting_since: visitor ? (old.waiting_since ?? message.at) : null,
    visitor_read_seq: visitor ? message.seq : old.visitor_read_seq,
    read_seq: mine ? message.seq : old.read_seq,
    unread: mine ? 0 : old.unread + Number(visitor && message.seq > old.read_seq),
    preview: {
      text: cut(message.text),
      author: message.author,
      at: message.at,
      has_files: message.files.length > 0,
    },
  };
  return counted({ ...state, conversations: put(state.conversations, now.id, now) }, old, now);
}

function cut(text: string): string {
  const letters = [...text];
  return letters.length > previewLength ? `${letters.slice(0, previewLength - 1).join("")}…` : text;
}

/** I have read up to there, here or on another device. */
export function read(state: State, id: string, seq: number): State {
  const old = state.conversations.get(id);
  if (!old) return { ...state, doubts: { ...state.doubts, counts: true } };
  if (seq <= old.read_seq) return state;
  const thread = state.threads.get(id);
  const now = { ...old, read_seq: seq, unread: unreadAfter(old, seq, thread) };
  const next = { ...state, conversations: put(state.conversations, id, now) };
  const certain = seq >= old.last_seq || thread !== undefined;
  return counted(certain ? next : doubt(next, id), old, now);
}

export function readByVisitor(state: State, id: string, seq: number): State {
  const old = state.conversations.get(id);
  if (!old || seq <= old.visitor_read_seq) return state;
  return {
    ...state,
    conversations: put(state.conversations, id, { ...old, visitor_read_seq: seq }),
  };
}

/** Out of reach: erased, or in an inbox that is no longer mine. */
export function forget(state: State, id: string): State {
  const conversations = drop(state.conversations, id);
  const doubts = { ...state.doubts, counts: true };
  return { ...state, conversations, threads: drop(state.threads, id), doubts };
}

function doubt(state: State, id: string): State {
  const conversations = new Set(state.doubts.conversations).add(id);
  return { ...state, doubts: { ...state.doubts, conversations, counts: true } };
}

/** My reading here may be ahead of what the server has heard of. */
function keepReading(
  old: Conversation | undefined,
  incoming: Conversation,
  thread: Thread | undefined,
): Conversation {
  if (!old) return incoming;
  const visitor_read_seq = Math.max(old.visitor_read_seq, incoming.visitor_read_seq);
  if (old.read_seq <= incoming.read_seq) return { ...incoming, visitor_read_seq };
  const unread = unreadAfter(incoming, old.read_seq, thread);
  return { ...incoming, visitor_read_seq, read_seq: old.read_seq, unread };
}

function unreadAfter(conversation: Conversation, seq: number, thread: Thread | undefined): number {
  if (seq >= conversation.last_seq) return 0;
  const fromVisitor = thread?.messages.filter(
    (message) =>
      message.lane === "public" && message.author.kind === "visitor" && message.seq > seq,
  );
  return Math.min(conversation.unread, fromVisitor?.length ?? conversation.last_seq - seq);
}

function counted(state: State, old: Conversation | undefined, now: Conversation): State {
  if (!state.counts) return state;
  const counts = recount(state.counts, old, now, state.me?.member.id ?? "");
  if (counts) return { ...state, counts };
  return { ...state, doubts: { ...state.doubts, counts: true } };
}
