// What the live client tells the screen. A closed list; each event is plain data.

import type { Author, Conversation, Message, Presence } from "../../wire/wire.ts";

export type Connection =
  | { state: "connecting" }
  | { state: "online" }
  | { state: "waiting"; retry_at: number } // Unix milliseconds
  | { state: "stopped"; code: string }; // refused for good, or stop() was called

/** A message that the server has on disk. `conversation` is the real one, also when null was sent. */
export interface Ack {
  id: string;
  conversation: string;
  seq: number;
  position?: number;
  at: number;
}

export interface LiveEvents {
  connection: Connection;
  /** The socket is open and this is who we are; on the very first one load the lists by HTTP. */
  welcome: { me: string; at: number; first: boolean };
  /** Everything missed while away has been delivered. */
  caught_up: Record<string, never>;
  /** Too much was missed to be replayed: load the lists again by HTTP. */
  gap: Record<string, never>;
  /** In order and once per (conversation, lane, seq). One of ours that was acked is not told again. */
  message: Message;
  ack: Ack;
  /** The server refused this message for good; it will not be sent again. */
  failed: { id: string; code: string; detail: string };
  conversation: Conversation;
  read: { conversation: string; reader: Author; seq: number };
  /** Ends by itself 6 s after the last sign. */
  typing: { conversation: string; author: Author; on: boolean };
  presence: { member: string; presence: Presence };
  changed: {
    what:
      | "me"
      | "conversations"
      | "members"
      | "inboxes"
      | "consents"
      | "exceptions"
      | "requests"
      | "campaigns"
      | "assessments";
  };
  /** An error that ends no message: it answers none, or the message is sent again later. */
  trouble: { id: string | null; code: string; detail: string };
}

export type Listener<K extends keyof LiveEvents> = (event: LiveEvents[K]) => void;

export interface Emitter {
  on<K extends keyof LiveEvents>(name: K, listener: Listener<K>): () => void;
  emit<K extends keyof LiveEvents>(name: K, event: LiveEvents[K]): void;
}

export function emitter(): Emitter {
  const listeners: { [K in keyof LiveEvents]?: Set<Listener<K>> } = {};
  return {
    on(name, listener) {
      const set = listeners[name] ?? new Set();
      (listeners[name] as typeof set) = set;
      set.add(listener);
      return () => set.delete(listener);
    },
    emit(name, event) {
      for (const listener of [...(listeners[name] ?? [])]) listener(event);
    },
  };
}
