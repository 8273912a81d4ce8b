// The live client: what the visitor's bubble and the agents' console share. It sends a message
// until the server says it is on disk, with the same id every time; it delivers what others wrote
// in order and once; and after any interruption it asks for what it missed.

import type { Message, ServerFrame } from "../../wire/wire.ts";
import { type ConnectionOptions, line } from "./connection.ts";
import { type Emitter, emitter } from "./events.ts";
import { marks } from "./marks.ts";
import { order } from "./order.ts";
import { type Outgoing, outbox } from "./outbox.ts";
import { typing } from "./typing.ts";
import { wakes } from "./wakes.ts";

type Refusal = Extract<ServerFrame, { t: "error" }>;

export interface Live {
  on: Emitter["on"];
  start(): void;
  stop(): void;
  /** Sends now or as soon as possible; `ack` or `failed` tells the end. The id makes it happen once. */
  send(message: Outgoing): void;
  /** Call on each key press (true) and when the field is emptied (false). */
  typing(conversation: string, on: boolean): void;
  read(conversation: string, seq: number): void;
  /** Everything up to seq was loaded by HTTP. A visitor's client resumes from here. */
  know(conversation: string, seq: number, lane?: Message["lane"]): void;
}

/** Refusals that say nothing about the message: the same message may pass later. */
const PASSING = ["throttled", "storage_full", "storage_failed", "stopping", "unavailable"];
const LATER = 5; // seconds, when the server does not say
const SILENCE = 45_000; // nothing heard for so long while an answer is due: the line is dead
const PROBE = 10_000;
const GRACE = 500; // frames may overtake each other for a moment

export function live(options: ConnectionOptions): Live {
  const now = options.now ?? Date.now;
  const { on, emit } = emitter();
  const sends = outbox();
  const lanes = order();
  const latest = new Map<string, number>(); // conversation -> feed of its newest picture
  let conversation: string | null = null; // the visitor's own
  let member = false;
  let feed: number | null = null; // a member has everything up to here
  let top = 0; // highest feed heard
  let replaying = false;
  let heard = 0;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let repair: ReturnType<typeof setTimeout> | undefined;
  let later: ReturnType<typeof setTimeout> | undefined;

  const wire = line(options, {
    connection: (state) => emit("connection", state),
    welcome,
    frame: hear,
    lost() {
      clearTimeout(watchdog);
      replaying = feed !== null; // what comes before the next greeting is not what was missed
      sends.rewind();
      seen.lost();
    },
    unreadable() {
      const culprit = sends.unanswered();
      if (culprit) fail(culprit.id, "malformed", "");
    },
  });
  const seen = marks((id, seq) => wire.send({ t: "read", conversation: id, seq }));
  const keys = typing(
    (id, on) => wire.send({ t: "typing", conversation: id, on }),
    (id, author, on) => emit("typing", { conversation: id, author, on }),
    now,
  );
  let rest = () => {};

  function welcome(frame: Extract<ServerFrame, { t: "welcome" }>): void {
    heard = now();
    member = frame.feed !== null;
    const first = member && feed === null;
    if (first) top = feed = frame.feed ?? 0;
    emit("welcome", { me: frame.me, at: frame.at, first });
    if (first || !catch_up()) emit("caught_up", {});
    flush();
    seen.flush();
  }

  function catch_up(): boolean {
    clearTimeout(repair);
    repair = undefined;
    if (member) replaying = wire.send({ t: "resume", feed: feed ?? 0 });
    else if (conversation) {
      const seq = lanes.high(conversation, "public");
      replaying = wire.send({ t: "resume", conversation, seq });
    } else return false;
    watch(SILENCE);
    return replaying;
  }

  function hear(frame: ServerFrame): void {
    heard = now();
    switch (frame.t) {
      case "message":
        if (!member) adopt(frame.message.conversation_id);
        keys.theirs(frame.message.conversation_id, frame.message.author, false);
        show(lanes.take(frame.message));
        break;
      case "ack": {
        const message = sends.remove(frame.id);
        if (!message) break;
        if (!member) adopt(frame.conversation);
        const { t: _, ...ack } = frame;
        emit("ack", ack);
        show(lanes.acked(frame.conversation, message.note ? "internal" : "public", frame.seq));
        flush();
        break;
      }
      case "error":
        if (frame.id === null) emit("trouble", frame);
        else if (PASSING.includes(frame.code)) again(frame.id, frame);
        else fail(frame.id, frame.code, frame.detail);
        break;
      case "conversation":
        if (frame.feed < (latest.get(frame.conversation.id) ?? 0)) break;
        latest.set(frame.conversation.id, frame.feed);
        emit("conversation", frame.conversation);
        break;
      case "typing":
        keys.theirs(frame.conversation, frame.author, frame.on);
        break;
      case "read":
        emit("read", frame);
        break;
      case "presence":
        emit("presence", frame);
        break;
      case "changed":
        emit("changed", frame);
        break;
      case "gap":
        lanes.forget();
        replaying = false;
        feed = frame.feed;
        top = feed ?? 0;
        emit("gap", {});
        break;
      case "resumed":
        finish(frame.feed);
    }
    if ("feed" in frame && frame.feed && frame.t !== "resumed") advance(frame.feed);
    watch(SILENCE);
  }

  function show(messages: Message[]): void {
    for (const message of messages) emit("message", message);
    if (lanes.broken() && !replaying) repair ??= setTimeout(mend, GRACE);
  }

  function mend(): void {
    repair = undefined;
    if (lanes.broken()) catch_up();
  }

  function finish(upto: number | null): void {
    replaying = false;
    if (lanes.broken()) {
      show(lanes.release());
      emit("gap", {}); // the replay did not bring it: only a fresh look by HTTP helps
    }
    advance(upto ?? 0);
    emit("caught_up", {});
  }

  // Frames of the present mix with those of a replay; only a finished replay moves the cursor.
  function advance(number: number): void {
    top = Math.max(top, number);
    if (member && !replaying && !lanes.broken()) feed = top;
  }

  function adopt(id: string): void {
    conversation = id;
    sends.adopt(id);
  }

  function flush(): void {
    if (!wire.up()) return;
    clearTimeout(later);
    for (const frame of sends.due(now())) wire.send(frame);
    const next = sends.next();
    if (next !== null) later = setTimeout(flush, Math.max(0, next - now()));
    watch(SILENCE);
  }

  function again(id: string, refusal: Refusal): void {
    emit("trouble", refusal);
    sends.postpone(id, now() + (refusal.retry_after ?? LATER) * 1_000);
    flush();
  }

  function fail(id: string, code: string, detail: string): void {
    if (sends.remove(id)) emit("failed", { id, code, detail });
    flush();
  }

  function watch(patience: number): void {
    clearTimeout(watchdog);
    if (sends.unanswered() || replaying) watchdog = setTimeout(wire.renew, patience);
  }

  // The device woke up. A line that was silent for long may be dead without knowing it.
  function wake(): void {
    wire.hurry();
    if (wire.up() && now() - heard > SILENCE && catch_up()) watch(PROBE);
  }

  return {
    on,
    start() {
      rest();
      rest = wakes(wake, wire.renew);
      wire.start();
    },
    stop() {
      rest();
      for (const timer of [watchdog, repair, later]) clearTimeout(timer);
      wire.stop("stopped");
    },
    send(message) {
      const { conversation: at } = message;
      sends.add({ ...message, conversation: at ?? conversation });
      if (at ?? conversation) keys.own(at ?? conversation ?? "", false);
      flush();
    },
    typing: keys.own,
    read: seen.read,
    know(id, seq, lane = "public") {
      lanes.know(id, lane, seq);
      if (!member) adopt(id);
    },
  };
}
