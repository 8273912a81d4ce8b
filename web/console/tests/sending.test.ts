/** What an agent writes: shown at once, confirmed once, refused visibly. */
import { expect, it } from "vitest";
import type { Fact } from "../src/store/facts.ts";
import { reduce } from "../src/store/reduce.ts";
import type { Pending } from "../src/store/state.ts";
import { asArta, conversation, message, morning, signedIn, visitor } from "./cast.ts";

const id = "0123456789abcdef";
const written: Pending = {
  client_id: id,
  conversation_id: "order",
  text: "It leaves today.",
  note: false,
  mentions: [],
  files: [],
  at: morning,
  failed: null,
};
const question = message({ seq: 1, position: 1 });
const asked = conversation({ last_seq: 1, unread: 1, waiting_since: morning });
const start = [
  { t: "looked_up", conversations: [asked], gone: [] },
  { t: "messages", conversation: "order", page: { items: [question], more: false }, older: false },
  { t: "queued", pending: written },
] satisfies Fact[];
const screen = start.reduce<typeof signedIn>(reduce, signedIn);
const ack = { t: "ack", id, conversation: "order", seq: 2, position: 5, at: morning + 1 } as const;

it("waits in the queue until the server has it", () => {
  expect(screen.pending).toEqual([written]);
  expect(screen.threads.get("order")?.messages).toEqual([question]);
});

it("becomes a message of mine with the server's number, and the visitor no longer waits", () => {
  const after = reduce(screen, ack);
  const sent = after.threads.get("order")?.messages.at(-1);
  expect(after.pending).toEqual([]);
  expect(sent).toMatchObject({
    seq: 2,
    position: 5,
    author: asArta,
    text: written.text,
    client_id: id,
  });
  expect(after.conversations.get("order")).toMatchObject({
    waiting_since: null,
    unread: 0,
    read_seq: 2,
  });
});

it("stands there once when acknowledgement and message both arrive, in either order", () => {
  const told: Fact = {
    t: "message",
    message: message({
      seq: 2,
      position: 5,
      author: asArta,
      client_id: id,
      text: written.text,
      at: morning + 1,
    }),
  };
  for (const facts of [
    [ack, told],
    [told, ack],
  ]) {
    const after = facts.reduce<typeof screen>(reduce, screen);
    expect(after.threads.get("order")?.messages).toHaveLength(2);
    expect(after.pending).toEqual([]);
  }
});

it("stays with its reason when refused, and tries again under the same id", () => {
  const refused = reduce(screen, {
    t: "failed",
    id,
    code: "archived",
    detail: "This inbox was archived.",
  });
  expect(refused.pending[0]?.failed?.code).toBe("archived");
  const again = reduce(refused, { t: "queued", pending: written });
  expect(again.pending).toEqual([written]);
});

it("does not let a note count as an answer", () => {
  const note = reduce(screen, {
    t: "queued",
    pending: { ...written, client_id: "note-note-note", note: true },
  });
  const after = reduce(note, { ...ack, id: "note-note-note", seq: 1 });
  expect(after.threads.get("order")?.messages.at(-1)).toMatchObject({
    lane: "internal",
    kind: "note",
  });
  expect(after.conversations.get("order")?.waiting_since).toBe(morning);
});

it("keeps older pages above and joins a newly loaded end only where nothing is missing", () => {
  const line = (seq: number) => message({ seq, position: seq, author: visitor });
  const page = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => line(from + i));
  const load = (items: ReturnType<typeof page>, more: boolean, older: boolean): Fact => ({
    t: "messages",
    conversation: "order",
    page: { items, more },
    older,
  });
  const scrolled = [load(page(11, 20), true, false), load(page(1, 10), false, true)].reduce(
    reduce,
    signedIn,
  );
  expect(scrolled.threads.get("order")).toMatchObject({ more: false });
  expect(scrolled.threads.get("order")?.messages).toHaveLength(20);
  const joined = reduce(scrolled, load(page(21, 25), true, false));
  expect(joined.threads.get("order")?.messages).toHaveLength(25);
  const torn = reduce(scrolled, load(page(41, 50), true, false));
  expect(torn.threads.get("order")).toMatchObject({ more: true });
  expect(torn.threads.get("order")?.messages[0]?.seq).toBe(41);
});
