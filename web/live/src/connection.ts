// One socket after another: fetches a one-time ticket, opens /live, says hello, and comes back
// after a loss, politely. What the frames mean is not its business.

import type { ClientFrame, ServerFrame } from "../../wire/wire.ts";
import { backoff } from "./backoff.ts";
import type { Connection } from "./events.ts";

/** Thrown by the ticket callback when asking again is pointless (401, 403, 404 …). */
export class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

export interface ConnectionOptions {
  /** ws:// or wss:// address of /live. */
  url: string;
  /** Fetches a fresh ticket by HTTP; it is valid once, for 30 s. */
  ticket: () => Promise<string>;
  open?: (url: string) => WebSocket;
  random?: () => number;
  now?: () => number;
}

export interface Heard {
  connection(state: Connection): void;
  welcome(frame: Extract<ServerFrame, { t: "welcome" }>): void;
  frame(frame: ServerFrame): void;
  lost(): void;
  /** The server could not read one of our frames (4400, 1009). */
  unreadable(): void;
}

export interface Line {
  start(): void;
  stop(code: string): void;
  /** False when there is no connection; the caller keeps the frame then. */
  send(frame: ClientFrame): boolean;
  /** Drops a connection that looks dead and tries at once. */
  renew(): void;
  up(): boolean;
  /** Tries at once when we are only waiting. */
  hurry(): void;
}

const OPEN = 1; // of WebSocket.readyState; beyond it the socket is closing
const REVOKED = 4403;
const FLOODING = 4429;
const UNREADABLE = [4400, 1009];
const PATIENCE = 15_000; // from the ticket to the welcome
const STEADY = 10_000; // a connection that held this long was a good one
const COOL_DOWN = 10_000;

export function line(options: ConnectionOptions, heard: Heard): Line {
  const { url, ticket, random = Math.random, now = Date.now } = options;
  const open = options.open ?? ((address: string) => new WebSocket(address));
  let socket: WebSocket | null = null;
  let welcomed = 0; // when; 0: not yet
  let running = false;
  let attempt = 0;
  let round = 0; // makes the answers of an abandoned try harmless
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting = false;

  async function connect(): Promise<void> {
    const mine = ++round;
    clearTimeout(timer);
    waiting = false;
    heard.connection({ state: "connecting" });
    timer = setTimeout(() => lose(0), PATIENCE);
    try {
      const answer = await ticket();
      if (mine === round) greet(answer);
    } catch (error) {
      if (mine !== round) return;
      if (error instanceof Refused) stop(error.code);
      else lose(0);
    }
  }

  function greet(answer: string): void {
    const fresh = open(url);
    socket = fresh;
    fresh.onopen = () => fresh.send(JSON.stringify({ t: "hello", ticket: answer }));
    fresh.onmessage = (event) => {
      if (fresh === socket) hear(JSON.parse(event.data) as ServerFrame);
    };
    fresh.onclose = (event) => {
      if (fresh === socket) lose(event.code);
    };
  }

  function hear(frame: ServerFrame): void {
    if (frame.t === "welcome") {
      clearTimeout(timer);
      welcomed = now();
      heard.connection({ state: "online" });
      heard.welcome(frame);
    } else heard.frame(frame);
  }

  function lose(code: number): void {
    if (UNREADABLE.includes(code)) heard.unreadable();
    drop();
    if (code === REVOKED) stop("revoked");
    else wait(backoff(attempt++, random) + (code === FLOODING ? COOL_DOWN : 0));
  }

  function drop(): void {
    round += 1;
    clearTimeout(timer);
    const old = socket;
    socket = null;
    old?.close();
    if (!welcomed) return;
    if (now() - welcomed > STEADY) attempt = 0;
    welcomed = 0;
    heard.lost();
  }

  function wait(delay: number): void {
    waiting = true;
    heard.connection({ state: "waiting", retry_at: now() + delay });
    timer = setTimeout(connect, delay);
  }

  function stop(code: string): void {
    running = false;
    waiting = false;
    drop();
    heard.connection({ state: "stopped", code });
  }

  return {
    start() {
      if (running) return;
      running = true;
      void connect();
    },
    stop,
    send(frame) {
      if (!welcomed || !socket || socket.readyState > OPEN) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
    renew() {
      if (!running) return;
      drop();
      void connect();
    },
    up: () => welcomed > 0,
    hurry() {
      if (waiting) void connect();
    },
  };
}
