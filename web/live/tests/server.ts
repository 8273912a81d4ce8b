// A pretend server at the other end of the live client's sockets: a test says what it hears and
// answers, frame by frame, and how it dies.

import { vi } from "vitest";
import type { ClientFrame, Message, ServerFrame } from "../../wire/wire.ts";
import { type Live, type LiveEvents, live, type Outgoing, Refused } from "../src/index.ts";

export class Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly heard: ClientFrame[] = [];
  closed = false;

  send(data: string): void {
    this.heard.push(JSON.parse(data));
  }
  close(): void {
    this.closed = true;
  }

  say(...frames: ServerFrame[]): void {
    for (const frame of frames) this.onmessage?.({ data: JSON.stringify(frame) });
  }
  die(code: number): void {
    this.onclose?.({ code });
  }
  sends(): string[] {
    return this.heard.flatMap((frame) => (frame.t === "send" ? [frame.id] : []));
  }
  last(): ClientFrame | undefined {
    return this.heard.at(-1);
  }
}

export class Server {
  readonly sockets: Socket[] = [];
  tickets = 0;
  refuses: string | null = null;
  readonly client: Live;
  readonly told: { name: keyof LiveEvents; event: unknown }[] = [];

  constructor(readonly feed: number | null) {
    this.client = live({
      url: "wss://shop.example/live",
      ticket: async () => {
        if (this.refuses) throw new Refused(this.refuses);
        this.tickets += 1;
        return `ticket-${this.tickets}`;
      },
      open: () => {
        const socket = new Socket();
        this.sockets.push(socket);
        return socket as unknown as WebSocket;
      },
      random: () => 1,
    });
    const names = ["connection", "message", "ack", "failed", "gap", "caught_up", "typing", "read"];
    for (const name of names as (keyof LiveEvents)[]) {
      this.client.on(name, (event) => this.told.push({ name, event }));
    }
  }

  /** The newest socket, after it was opened and greeted. */
  async welcome(): Promise<Socket> {
    await vi.advanceTimersByTimeAsync(0);
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error("nobody came");
    socket.onopen?.();
    socket.say({ t: "welcome", feed: this.feed, at: 1, me: "ana" });
    return socket;
  }

  of<K extends keyof LiveEvents>(name: K): LiveEvents[K][] {
    return this.told.filter((entry) => entry.name === name).map((entry) => entry.event as never);
  }
  texts(): string[] {
    return this.of("message").map((message) => message.text);
  }
}

export function written(seq: number, more: Partial<Message> = {}): Message {
  return {
    conversation_id: "lamp",
    lane: "public",
    seq,
    client_id: null,
    author: { kind: "member", id: "ben", name: "Ben" },
    kind: "text",
    text: `message ${seq}`,
    files: [],
    mentions: [],
    at: seq,
    ...more,
  };
}

export function draft(id: string, more: Partial<Outgoing> = {}): Outgoing {
  return { id, conversation: "lamp", text: id, ...more };
}

/** Node has no window; the client only listens to it. */
export function window(): EventTarget & { visibilityState: string } {
  const target = Object.assign(new EventTarget(), { visibilityState: "visible" });
  vi.stubGlobal("document", target);
  vi.stubGlobal("addEventListener", target.addEventListener.bind(target));
  vi.stubGlobal("removeEventListener", target.removeEventListener.bind(target));
  return target;
}
