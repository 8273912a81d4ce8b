// What others wrote arrives in order and once, and what was missed is asked for.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Conversation, Message } from "../../wire/wire.ts";
import { Server, window, written } from "./server.ts";

beforeEach(() => {
  vi.useFakeTimers();
  window();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const says = (seq: number, more: Partial<Message> = {}) =>
  ({ t: "message", message: written(seq, more) }) as const;

test("a duplicate is shown once and an early message waits for its turn", async () => {
  const server = new Server(null);
  server.client.know("lamp", 1);
  server.client.start();
  const socket = await server.welcome();
  socket.say({ t: "resumed", feed: null, seq: 1 });
  socket.say(says(2), says(2), says(4), says(3), says(4));
  expect(server.texts()).toEqual(["message 2", "message 3", "message 4"]);
});

test("a hole that does not close by itself is asked for", async () => {
  const server = new Server(null);
  server.client.know("lamp", 1);
  server.client.start();
  const socket = await server.welcome();
  socket.say({ t: "resumed", feed: null, seq: 1 }, says(3));
  expect(server.texts()).toEqual([]);

  await vi.advanceTimersByTimeAsync(500);
  expect(socket.last()).toEqual({ t: "resume", conversation: "lamp", seq: 1 });
  socket.say(says(2), says(3), { t: "resumed", feed: null, seq: 3 });
  expect(server.texts()).toEqual(["message 2", "message 3"]);
  expect(server.of("gap")).toEqual([]);
});

test("a hole that even the replay does not close is shown and called a gap", async () => {
  const server = new Server(null);
  server.client.know("lamp", 1);
  server.client.start();
  const socket = await server.welcome();
  socket.say(says(3), { t: "resumed", feed: null, seq: 3 });
  expect(server.texts()).toEqual(["message 3"]);
  expect(server.of("gap")).toHaveLength(1);
});

test("a visitor's own acknowledged message leaves no hole and is not told twice", async () => {
  const server = new Server(null);
  server.client.know("lamp", 1);
  server.client.start();
  const socket = await server.welcome();
  server.client.send({ id: "mine", conversation: null, text: "mine" });
  socket.say({ t: "ack", id: "mine", conversation: "lamp", seq: 2, at: 2 });
  socket.say(says(2, { client_id: "mine" }), says(3));
  expect(server.texts()).toEqual(["message 3"]);
});

test("a visitor resumes from the last number, a member from the feed", async () => {
  const visitor = new Server(null);
  visitor.client.know("lamp", 4);
  visitor.client.start();
  const first = await visitor.welcome();
  first.say({ t: "resumed", feed: null, seq: 4 }, says(5));
  first.die(4408);
  await vi.advanceTimersByTimeAsync(1_000);
  expect((await visitor.welcome()).last()).toEqual({ t: "resume", conversation: "lamp", seq: 5 });

  const member = new Server(70);
  member.client.start();
  const socket = await member.welcome();
  expect(socket.heard.map((frame) => frame.t)).toEqual(["hello"]);
  socket.say({ ...says(1), feed: 71 });
  socket.die(1012);
  await vi.advanceTimersByTimeAsync(1_000);
  expect((await member.welcome()).last()).toEqual({ t: "resume", feed: 71 });
});

test("what comes before the greeting does not stand for what was missed", async () => {
  const server = new Server(70);
  server.client.start();
  (await server.welcome()).die(1006);
  await vi.advanceTimersByTimeAsync(1_000);
  server.sockets.at(-1)?.say({ ...says(1), feed: 75 });
  const second = await server.welcome();
  expect(second.last()).toEqual({ t: "resume", feed: 70 });
  second.say({ t: "resumed", feed: 75, seq: null }, { ...says(2), feed: 76 });
  second.die(1006);
  await vi.advanceTimersByTimeAsync(2_000);
  expect((await server.welcome()).last()).toEqual({ t: "resume", feed: 76 });
});

test("a line that dies in the middle of a replay resumes from where the replay began", async () => {
  const server = new Server(70);
  server.client.start();
  (await server.welcome()).die(1006);
  await vi.advanceTimersByTimeAsync(1_000);
  const second = await server.welcome();
  second.say({ ...says(1), feed: 71 }, { ...says(9), feed: 99 }); // 99 is of the present
  second.die(1006);
  await vi.advanceTimersByTimeAsync(2_000);
  const third = await server.welcome();
  expect(third.last()).toEqual({ t: "resume", feed: 70 });
  third.say({ t: "resumed", feed: 99, seq: null });
  third.die(1006);
  await vi.advanceTimersByTimeAsync(4_000);
  expect((await server.welcome()).last()).toEqual({ t: "resume", feed: 99 });
});

test("after a gap the member goes on from the feed that the server named", async () => {
  const server = new Server(70);
  server.client.start();
  const socket = await server.welcome();
  socket.say({ t: "gap", feed: 5_000 });
  expect(server.of("gap")).toHaveLength(1);
  socket.die(1006);
  await vi.advanceTimersByTimeAsync(1_000);
  expect((await server.welcome()).last()).toEqual({ t: "resume", feed: 5_000 });
});

test("notes and messages are counted apart", async () => {
  const server = new Server(70);
  server.client.start();
  const socket = await server.welcome();
  socket.say(says(8), says(3, { lane: "internal", text: "note" }), says(9));
  expect(server.texts()).toEqual(["message 8", "note", "message 9"]);
});

test("an older picture of a conversation does not replace a newer one", async () => {
  const server = new Server(70);
  const seen: string[] = [];
  server.client.on("conversation", (conversation) => seen.push(conversation.state));
  server.client.start();
  const socket = await server.welcome();
  const picture = (feed: number, state: string) =>
    ({ t: "conversation", feed, conversation: { id: "lamp", state } as Conversation }) as const;
  socket.say(picture(72, "closed"), picture(71, "open"));
  expect(seen).toEqual(["closed"]);
});

test("typing that is not renewed ends by itself, and so does typing that became a message", async () => {
  const server = new Server(null);
  server.client.know("lamp", 0);
  server.client.start();
  const socket = await server.welcome();
  const ben = written(1).author;
  const types = { t: "typing", conversation: "lamp", author: ben, on: true } as const;
  socket.say(types);
  await vi.advanceTimersByTimeAsync(6_000);
  socket.say(types, says(1));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(server.of("typing").map((sign) => sign.on)).toEqual([true, false, true, false]);
});
