// Messages on their way: each keeps its id until the server has acknowledged or refused it, and is
// sent again, with the same id, on every new connection. The server stores an id once.

import type { ClientFrame } from "../../wire/wire.ts";

export interface Outgoing {
  /** Chosen by the caller, unique for ever, the same for every try. */
  id: string;
  /** null: the visitor's first message; replaced as soon as the conversation is known. */
  conversation: string | null;
  text: string;
  files?: string[];
  note?: boolean;
  mentions?: string[];
}

const WINDOW = 10; // unanswered at a time, so that a long queue is no flood

type Send = Extract<ClientFrame, { t: "send" }>;
interface Item {
  message: Outgoing;
  sent: boolean; // on the present connection
  not_before: number; // the server asked us to wait until then
}

export interface Outbox {
  add(message: Outgoing): void;
  find(id: string): Outgoing | undefined;
  remove(id: string): Outgoing | undefined;
  /** Frames that may go out now, oldest first; each is given once per connection, few at a time. */
  due(now: number): Send[];
  /** The connection is gone: everything unacknowledged has to go out again. */
  rewind(): void;
  postpone(id: string, until: number): void;
  /** When something postponed becomes due; null when nothing is. */
  next(): number | null;
  /** The oldest that was sent and not answered. */
  unanswered(): Outgoing | undefined;
  /** The visitor's conversation exists now. */
  adopt(conversation: string): void;
}

export function outbox(): Outbox {
  const items = new Map<string, Item>();

  return {
    add(message) {
      if (!items.has(message.id)) items.set(message.id, { message, sent: false, not_before: 0 });
    },
    find: (id) => items.get(id)?.message,
    remove(id) {
      const item = items.get(id);
      items.delete(id);
      return item?.message;
    },
    due(now) {
      const frames: Send[] = [];
      for (const item of [...items.values()].slice(0, WINDOW)) {
        // Order is worth more than speed: what waits holds back what was written after it.
        if (item.not_before > now) break;
        if (!item.sent) frames.push(frame(item.message));
        item.sent = true;
        // The first message makes the conversation; the second must know it.
        if (item.message.conversation === null) break;
      }
      return frames;
    },
    rewind() {
      for (const item of items.values()) item.sent = false;
    },
    postpone(id, until) {
      const item = items.get(id);
      if (item) Object.assign(item, { sent: false, not_before: until });
    },
    next() {
      const times = [...items.values()].filter((item) => !item.sent && item.not_before > 0);
      return times.length ? Math.min(...times.map((item) => item.not_before)) : null;
    },
    unanswered: () => [...items.values()].find((item) => item.sent)?.message,
    adopt(conversation) {
      for (const { message } of items.values()) message.conversation ??= conversation;
    },
  };
}

function frame(message: Outgoing): Send {
  return { t: "send", ...message };
}
