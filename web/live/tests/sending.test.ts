// What is written is sent once, whatever happens to the line in between.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { draft, Server, window } from "./server.ts";

beforeEach(() => {
  vi.useFakeTimers();
  window();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const ack = (id: string, seq: number) =>
  ({ t: "ack", id, conversation: "lamp", seq, at: 9 }) as const;

test("a message whose acknowledgement is lost goes out again with the same id", async () => {
  const server = new Server(null);
  server.client.start();
  const first = await server.welcome();
  server.client.send(draft("hello"));
  expect(first.sends()).toEqual(["hello"]);

  first.die(1006);
  await vi.advanceTimersByTimeAsync(1_000);
  const second = await server.welcome();
  expect(second.sends()).toEqual(["hello"]);

  second.say(ack("hello", 1));
  expect(server.of("ack")).toEqual([{ id: "hello", conversation: "lamp", seq: 1, at: 9 }]);
  second.die(1006);
  await vi.advanceTimersByTimeAsync(2_000);
  expect((await server.welcome()).sends()).toEqual([]);
});

test("messages written offline wait and keep their order", async () => {
  const server = new Server(null);
  server.client.send(draft("one"));
  server.client.send(draft("two"));
  server.client.send(draft("two"));
  server.client.start();
  expect((await server.welcome()).sends()).toEqual(["one", "two"]);
});

test("the second message of a new visitor waits until the first has made the conversation", async () => {
  const server = new Server(null);
  server.client.start();
  const socket = await server.welcome();
  server.client.send(draft("one", { conversation: null }));
  server.client.send(draft("two", { conversation: null }));
  expect(socket.sends()).toEqual(["one"]);

  socket.say(ack("one", 1));
  expect(socket.last()).toEqual({ t: "send", id: "two", conversation: "lamp", text: "two" });
});

test("a message that is refused for good is told and does not hold up the next", async () => {
  const server = new Server(null);
  server.client.start();
  const socket = await server.welcome();
  server.client.send(draft("bad"));
  server.client.send(draft("good"));
  socket.say({ t: "error", id: "bad", code: "text_too_long", detail: "" }, ack("good", 1));

  expect(server.of("failed")).toEqual([{ id: "bad", code: "text_too_long", detail: "" }]);
  expect(server.of("ack").map((answer) => answer.id)).toEqual(["good"]);
  socket.die(1006);
  await vi.advanceTimersByTimeAsync(1_000);
  expect((await server.welcome()).sends()).toEqual([]);
});

test("a message that comes too fast, or to a full disk, is sent again later", async () => {
  const server = new Server(null);
  server.client.start();
  const socket = await server.welcome();
  server.client.send(draft("hasty"));
  socket.say({ t: "error", id: "hasty", code: "throttled", detail: "", retry_after: 5 });
  await vi.advanceTimersByTimeAsync(4_900);
  expect(socket.sends()).toEqual(["hasty"]);
  await vi.advanceTimersByTimeAsync(200);
  expect(socket.sends()).toEqual(["hasty", "hasty"]);

  socket.say({ t: "error", id: "hasty", code: "storage_full", detail: "" });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(socket.sends()).toEqual(["hasty", "hasty", "hasty"]);
  expect(server.of("failed")).toEqual([]);
});

test("a long queue goes out ten at a time", async () => {
  const server = new Server(null);
  for (let number = 1; number <= 12; number++) server.client.send(draft(`${number}`));
  server.client.start();
  const socket = await server.welcome();
  expect(socket.sends()).toHaveLength(10);
  socket.say(ack("1", 1));
  expect(socket.sends()).toHaveLength(11);
});

test("a frame that the server cannot read is given up, the rest goes on", async () => {
  const server = new Server(null);
  server.client.start();
  const socket = await server.welcome();
  server.client.send(draft("monster"));
  server.client.send(draft("mouse"));
  socket.die(1009);
  await vi.advanceTimersByTimeAsync(1_000);
  expect((await server.welcome()).sends()).toEqual(["mouse"]);
  expect(server.of("failed").map((failure) => failure.id)).toEqual(["monster"]);
});

test("when nothing is heard for 45 s while a send waits, the line counts as dead", async () => {
  const server = new Server(null);
  server.client.start();
  const silent = await server.welcome();
  server.client.send(draft("hello?"));
  await vi.advanceTimersByTimeAsync(44_000);
  expect(silent.closed).toBe(false);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(silent.closed).toBe(true);
  expect((await server.welcome()).sends()).toEqual(["hello?"]);
});

test("a quiet line with nothing to send is left alone", async () => {
  const server = new Server(null);
  server.client.start();
  const socket = await server.welcome();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(socket.closed).toBe(false);
});

test("typing is said every 3 s at most, read marks are gathered, and the last mark survives", async () => {
  const server = new Server(null);
  server.client.start();
  const socket = await server.welcome();
  for (let key = 0; key < 10; key++) server.client.typing("lamp", true);
  await vi.advanceTimersByTimeAsync(3_000);
  server.client.typing("lamp", true);
  server.client.typing("lamp", false);
  server.client.typing("lamp", false);
  expect(socket.heard.filter((frame) => frame.t === "typing").map((frame) => frame.on)).toEqual([
    true,
    true,
    false,
  ]);

  for (const seq of [3, 5, 4]) server.client.read("lamp", seq);
  await vi.advanceTimersByTimeAsync(250);
  const marks = () => socket.heard.filter((frame) => frame.t === "read");
  expect(marks()).toEqual([{ t: "read", conversation: "lamp", seq: 5 }]);
  server.client.read("lamp", 5);
  await vi.advanceTimersByTimeAsync(250);
  expect(marks()).toHaveLength(1);

  socket.die(1012);
  await vi.advanceTimersByTimeAsync(1_000);
  const next = await server.welcome();
  expect(next.heard).toContainEqual({ t: "read", conversation: "lamp", seq: 5 });
});
