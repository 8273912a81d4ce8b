// Puts messages back into the order of their sequence numbers: drops what was seen, holds back
// what came too early, and says where a number is missing. Numbers are gapless from 1 within one
// (conversation, lane), so a hole always means that something is still to come.

import type { Message } from "../../wire/wire.ts";

interface Lane {
  low: number; // the lowest number seen
  high: number; // everything from low to high has been seen
  early: Map<number, Message | null>; // beyond high + 1; null: our own, known from its ack
}

export interface Order {
  /** The caller has everything up to seq already, from HTTP. */
  know(conversation: string, lane: Message["lane"], seq: number): void;
  /** Our own message got this number. Answers the held-back messages that it sets free. */
  acked(conversation: string, lane: Message["lane"], seq: number): Message[];
  /** Answers the messages to show now: none for a duplicate, several when a hole was filled. */
  take(message: Message): Message[];
  /** The last number without a hole before it; 0 when nothing is known. */
  high(conversation: string, lane: Message["lane"]): number;
  /** True while a number is missing somewhere. */
  broken(): boolean;
  /** Gives up waiting: answers all that was held back, in order. */
  release(): Message[];
  /** The caller loads everything again. */
  forget(): void;
}

export function order(): Order {
  const lanes = new Map<string, Lane>();

  function place(key: string, seq: number, message: Message | null): Message[] {
    const lane = lanes.get(key);
    if (!lane) {
      lanes.set(key, { low: seq, high: seq, early: new Map() });
      return message ? [message] : [];
    }
    if (seq < lane.low) {
      if (seq === lane.low - 1) lane.low = seq;
      return message ? [message] : [];
    }
    if (seq <= lane.high) return [];
    if (seq > lane.high + 1) {
      if (!lane.early.get(seq)) lane.early.set(seq, message);
      return [];
    }
    lane.high = seq;
    return [...(message ? [message] : []), ...follow(lane)];
  }

  function follow(lane: Lane): Message[] {
    const free: Message[] = [];
    while (lane.early.has(lane.high + 1)) {
      lane.high += 1;
      const next = lane.early.get(lane.high);
      lane.early.delete(lane.high);
      if (next) free.push(next);
    }
    return free;
  }

  return {
    know(conversation, lane, seq) {
      const key = name(conversation, lane);
      const known = lanes.get(key);
      if (!known) lanes.set(key, { low: 1, high: seq, early: new Map() });
      else if (seq > known.high) {
        known.high = seq;
        for (const early of known.early.keys()) if (early <= seq) known.early.delete(early);
      }
    },
    acked: (conversation, lane, seq) => place(name(conversation, lane), seq, null),
    take: (message) => place(name(message.conversation_id, message.lane), message.seq, message),
    forget: () => lanes.clear(),
    high: (conversation, lane) => lanes.get(name(conversation, lane))?.high ?? 0,
    broken: () => [...lanes.values()].some((lane) => lane.early.size > 0),
    release() {
      const free: Message[] = [];
      for (const lane of lanes.values()) {
        for (const seq of [...lane.early.keys()].sort((a, b) => a - b)) {
          const message = lane.early.get(seq);
          if (message) free.push(message);
          lane.high = seq;
        }
        lane.early.clear();
      }
      return free;
    },
  };
}

function name(conversation: string, lane: Message["lane"]): string {
  return `${lane} ${conversation}`;
}
