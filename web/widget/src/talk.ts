// The conversation of an accepted visitor: what was said, what is on its way, who is typing, what
// has been read. Writing goes through the live client, which repeats a message with the same id
// until the server has it; the queue keeps it over a reload.

import { type Live, live, Refused } from "../../live/src/index.ts";
import type { Message, VisitorState } from "../../wire/wire.ts";
import { api, type Trouble } from "./api.ts";
import { clear } from "./attach.ts";
import { explain } from "./explain.ts";
import { tell } from "./page.ts";
import { queue, type Waiting } from "./queue.ts";
import { say, set, state } from "./state.ts";
import { count, hear, merge, mine, unreadAfter } from "./transcript.ts";

let line: Live | null = null;
let loaded = false;

export async function enter(visitor: VisitorState, ended: () => void): Promise<void> {
  const { id } = visitor.visitor;
  const kept = await queue.of(id);
  // From here on nothing waits: what was written meanwhile is there, and one line at most is open.
  leave();
  const { agent_read_seq: answered, unread } = visitor;
  const all = new Map([...kept, ...state.sending].map((one) => [one.id, one]));
  const sending = [...all.values()].filter((one) => one.visitor === id);
  // What was told to the visitor before is not this one's.
  set({
    view: "chat",
    visitor,
    answered,
    unread,
    messages: [],
    sending,
    more: false,
    told: null,
  });
  tell({ silkroad: "unread", count: unread });
  line = connect(ended);
  if (visitor.conversation_id) line.know(visitor.conversation_id, visitor.last_seq);
  for (const entry of sending) send(entry);
  line.start();
  if (state.open) await look();
}

/** Ask what has changed of the policy; few visitors ever have to be told, so it is shown late. */
export const learn = (): Promise<unknown> =>
  api
    .news(state.language)
    .then(({ items }) => items[0] && import("./news.tsx").then((part) => part.show(items)))
    .catch(() => 0); // it is told at the next visit

export function leave(): void {
  line?.stop();
  line = null;
  loaded = false;
  clear();
}

/** The visitor opened the chat: fetch the last page, once. */
export async function look(): Promise<void> {
  if (!loaded && state.visitor?.conversation_id) {
    loaded = true;
    await older().catch(() => {
      loaded = false;
    });
  }
  seen();
}

export async function older(): Promise<void> {
  try {
    const page = await api.messages(state.messages[0]?.seq);
    set({ messages: merge(page.items), more: page.more });
  } catch (error) {
    set({ hint: explain(error) });
    throw error;
  }
}

export function write(text: string): void {
  const { visitor } = state;
  const files = state.uploads.flatMap((upload) => upload.file ?? []);
  if (!visitor || (!text && !files.length)) return;
  const id = Date.now().toString(36) + crypto.randomUUID(); // grows with time: kinder to an index
  const entry = { id, visitor: visitor.visitor.id, at: Date.now(), text, files };
  set({ sending: [...state.sending, entry], hint: "" });
  clear();
  void queue.keep(entry);
  send(entry);
}

export function again(entry: Waiting): void {
  const fresh = { ...entry, failed: "" };
  set({ sending: state.sending.map((one) => (one.id === entry.id ? fresh : one)) });
  void queue.keep(fresh);
  send(fresh);
}

/** Takes back a message that the server refused. */
export function discard(id: string): void {
  set({ sending: state.sending.filter((one) => one.id !== id) });
}

export function types(on: boolean): void {
  const conversation = state.visitor?.conversation_id;
  if (conversation) line?.typing(conversation, on);
}

/** Answers on the screen count as read while somebody can see them. */
export function seen(): void {
  const { visitor, messages, open } = state;
  const last = messages.findLast((message) => message.author.kind === "member")?.seq ?? 0;
  if (!visitor?.conversation_id || !loaded || !open || document.hidden) return;
  if (last <= visitor.read_seq) return;
  line?.read(visitor.conversation_id, last);
  count(last, 0);
}

function send({ id, text, files }: Waiting): void {
  const conversation = state.visitor?.conversation_id ?? null;
  line?.send({ id, conversation, text, files: files.map((file) => file.id) });
}

function connect(ended: () => void): Live {
  const client = live({ url: `${location.origin.replace("http", "ws")}/live`, ticket });
  client.on("connection", (now) => {
    if (now.state === "online") set({ connected: true });
    if (now.state === "waiting") set({ connected: false });
    if (now.state === "stopped" && now.code !== "stopped") ended();
  });
  client.on("message", arrive);
  client.on("ack", ({ id, conversation, seq, at }) => {
    const entry = state.sending.find((one) => one.id === id);
    if (!entry) return;
    set({ hint: "" });
    arrive(mine(entry, conversation, seq, at));
  });
  client.on("failed", ({ id, code }) => {
    void queue.drop(id);
    const mark = (one: Waiting) => (one.id === id ? { ...one, failed: code } : one);
    set({ sending: state.sending.map(mark) });
    if (code === "notice_required") ended();
  });
  client.on("trouble", ({ id }) => id && set({ hint: say().later }));
  client.on("typing", ({ author, on }) => {
    if (author.kind === "member") set({ typing: on ? (author.name ?? say().team) : null });
  });
  client.on("read", ({ reader, seq }) => {
    if (reader.kind === "member") set({ answered: Math.max(state.answered, seq) });
    else count(seq, unreadAfter(seq));
  });
  client.on("changed", () => {
    set({ answers: state.answers + 1 });
    void learn();
  });
  client.on("welcome", learn); // a server that starts anew may have something to tell
  client.on("gap", () => {
    loaded = false;
    set({ messages: [] });
    void look();
  });
  return client;
}

async function ticket(): Promise<string> {
  try {
    return (await api.ticket()).ticket;
  } catch (error) {
    const { status, code } = error as Trouble; // whatever else was thrown has neither
    throw [401, 403, 404, 410, 428].includes(status) ? new Refused(code) : error;
  }
}

function arrive(message: Message): void {
  hear(message);
  loaded ||= message.seq === 1; // there is nothing older
  if (loaded) seen();
  else if (state.open) void look();
}
