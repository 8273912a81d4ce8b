// The client comes back politely, at once when a person is looking, and never when it was refused.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { backoff } from "../src/backoff.ts";
import { Server, window } from "./server.ts";

let page: ReturnType<typeof window>;

beforeEach(() => {
  vi.useFakeTimers();
  page = window();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("the wait doubles up to 30 s and is spread over its whole length", () => {
  expect([0, 1, 2, 3, 4, 5, 40].map((attempt) => backoff(attempt, () => 1))).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
  ]);
  expect(backoff(5, () => 0)).toBe(0);
});

test("every try asks for a new ticket, also after 4401", async () => {
  const server = new Server(null);
  server.client.start();
  const first = await server.welcome();
  expect(first.heard).toEqual([{ t: "hello", ticket: "ticket-1" }]);
  first.die(4401);
  await vi.advanceTimersByTimeAsync(1_000);
  expect((await server.welcome()).heard).toEqual([{ t: "hello", ticket: "ticket-2" }]);
});

test("who is revoked or refused does not come back", async () => {
  const server = new Server(null);
  server.client.start();
  (await server.welcome()).die(4403);
  await vi.advanceTimersByTimeAsync(600_000);
  page.dispatchEvent(new Event("online"));
  expect(server.sockets).toHaveLength(1);
  expect(server.of("connection").at(-1)).toEqual({ state: "stopped", code: "revoked" });

  const stranger = new Server(null);
  stranger.refuses = "signed_out";
  stranger.client.start();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(stranger.sockets).toHaveLength(0);
  expect(stranger.of("connection").at(-1)).toEqual({ state: "stopped", code: "signed_out" });
});

test("a flooding client cools down before it comes back", async () => {
  const server = new Server(null);
  server.client.start();
  (await server.welcome()).die(4429);
  await vi.advanceTimersByTimeAsync(10_500);
  expect(server.sockets).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(500);
  expect(server.sockets).toHaveLength(2);
});

test("a connection that never says welcome is given up, and the waits grow", async () => {
  const server = new Server(null);
  server.client.start();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(server.sockets[0]?.closed).toBe(true);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(server.sockets).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(15_000 + 1_900);
  expect(server.sockets).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(100);
  expect(server.sockets).toHaveLength(3);
});

test("back online or back at the screen, it tries at once", async () => {
  const server = new Server(null);
  server.client.start();
  for (const name of ["online", "visibilitychange"]) {
    (await server.welcome()).die(1006);
    const before = server.sockets.length;
    expect(server.sockets).toHaveLength(before);
    page.dispatchEvent(new Event(name));
    await vi.advanceTimersByTimeAsync(0);
    expect(server.sockets).toHaveLength(before + 1);
  }
});

test("after a long sleep the line is probed, and dropped when it does not answer", async () => {
  const server = new Server(null);
  server.client.know("lamp", 3);
  server.client.start();
  const socket = await server.welcome();
  socket.say({ t: "resumed", feed: null, seq: 3 });
  await vi.advanceTimersByTimeAsync(60_000);
  page.dispatchEvent(new Event("visibilitychange"));
  expect(socket.last()).toEqual({ t: "resume", conversation: "lamp", seq: 3 });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(socket.closed).toBe(true);
  expect(server.sockets).toHaveLength(2);
});

test("stop ends everything", async () => {
  const server = new Server(null);
  server.client.start();
  const socket = await server.welcome();
  server.client.stop();
  expect(socket.closed).toBe(true);
  socket.say({
    t: "typing",
    conversation: "lamp",
    author: { kind: "member", id: "b", name: null },
    on: true,
  });
  await vi.advanceTimersByTimeAsync(600_000);
  page.dispatchEvent(new Event("online"));
  expect(server.sockets).toHaveLength(1);
  expect(server.of("typing")).toEqual([]);
});
