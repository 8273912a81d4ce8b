/** Ties the live client to the store: what the socket says becomes a fact. */
import { signal } from "@preact/signals";
import { type Connection, type Live, live, Refused } from "../../../live/src/index.ts";
import type { FileInfo } from "../../../wire/wire.ts";
import { ApiError } from "../api.ts";
import { assessmentsChanged } from "../assessments/changed.ts";
import { campaignsChanged } from "../campaigns/changed.ts";
import { registerChanged } from "../exceptions/changed.ts";
import { live as operations } from "../operations.ts";
import { erasuresEnded, loadRequests } from "../requests/state.ts";
import { consentsChanged } from "../settings/consents.ts";
import { loadAfresh, settleDoubts } from "../store/load.ts";
import type { Pending } from "../store/state.ts";
import { dispatch, snapshot } from "../store/store.ts";
import { announce } from "./announce.ts";

export const connection = signal<Connection>({ state: "connecting" });
/** False until the first lists have been asked for. */
let begun = false;
let client: Live | null = null;
let settling: ReturnType<typeof settleDoubts> | null = null;

interface Desk {
  /** Which conversation is on the screen. */
  openConversation: () => string | null;
  /** The server ended the connection and does not want it back. */
  revoked: () => void;
}

export function connect({ openConversation, revoked }: Desk) {
  disconnect();
  begun = false;
  client = live({ url: address(), ticket });
  settling = settleDoubts(openConversation);
  const begin = () => {
    begun = true;
    void loadAfresh(openConversation());
  };
  // Facts flow from the first welcome on; loading then misses nothing. Without a socket, load anyway.
  client.on("welcome", (event) => {
    assessmentsChanged.value += 1;
    registerChanged.value += 1; // what changed while nobody listened is not told again
    campaignsChanged.value += 1;
    erasuresEnded.value += 1;
    if (event.first) begin();
    else void loadRequests();
  });
  client.on("connection", (state) => {
    connection.value = state;
    if (state.state === "stopped" && state.code === "revoked") revoked();
    else if (["waiting", "stopped"].includes(state.state) && !begun) begin();
  });
  client.on("message", (message) => {
    dispatch({ t: "message", message });
    announce(message, openConversation());
  });
  client.on("conversation", (conversation) => dispatch({ t: "conversation", conversation }));
  client.on("ack", (ack) => dispatch({ t: "ack", ...ack }));
  client.on("failed", (failure) => dispatch({ t: "failed", ...failure }));
  client.on("read", (mark) => dispatch({ ...mark, t: "read" }));
  client.on("typing", (sign) => dispatch({ ...sign, t: "typing" }));
  client.on("presence", (sign) => dispatch({ ...sign, t: "presence" }));
  client.on("changed", ({ what }) => {
    if (what === "consents") consentsChanged.value += 1;
    else if (what === "campaigns") campaignsChanged.value += 1;
    else if (what === "exceptions") registerChanged.value += 1;
    else if (what === "assessments") assessmentsChanged.value += 1;
    else if (what === "requests") void loadRequests();
    else if (what === "conversations") {
      dispatch({ t: "gap" }); // somebody was erased
      erasuresEnded.value += 1;
    } else dispatch({ t: "changed", what });
  });
  client.on("caught_up", () => settling?.again());
  client.on("gap", () => dispatch({ t: "gap" }));
  client.start();
}

export function disconnect() {
  settling?.stop();
  settling = null;
  client?.stop();
  client = null;
}

/** Shows the message at once and sends it, now or when there is a connection. */
export function send(what: {
  conversation: string;
  text: string;
  files: readonly FileInfo[];
  note: boolean;
  mentions: readonly string[];
}) {
  const pending: Pending = {
    client_id: newId(),
    conversation_id: what.conversation,
    text: what.text,
    note: what.note,
    mentions: what.mentions,
    files: what.files,
    at: Date.now(),
    failed: null,
  };
  resend(pending);
}

/** The same id again: the server stores it once, however often it comes. */
export function resend(pending: Pending) {
  dispatch({ t: "queued", pending: { ...pending, failed: null } });
  client?.send({
    id: pending.client_id,
    conversation: pending.conversation_id,
    text: pending.text,
    ...(pending.files.length > 0 ? { files: pending.files.map((file) => file.id) } : {}),
    ...(pending.note ? { note: true } : {}),
    ...(pending.mentions.length > 0 ? { mentions: [...pending.mentions] } : {}),
  });
}

/** Sends what was refused for a reason that is gone by now. */
export function resendRefused(code: string) {
  for (const pending of snapshot().pending) if (pending.failed?.code === code) resend(pending);
}

export function markRead(conversation: string, seq: number) {
  const member = snapshot().me?.member;
  if (!member) return;
  const reader = { kind: "member", id: member.id, name: member.name } as const;
  dispatch({ t: "read", conversation, reader, seq });
  client?.read(conversation, seq);
}

export function typing(conversation: string, on: boolean) {
  client?.typing(conversation, on);
}

async function ticket(): Promise<string> {
  try {
    return (await operations.ticket()).ticket;
  } catch (error) {
    if (error instanceof ApiError && error.isFinal) throw new Refused(error.code);
    throw error;
  }
}

function address(): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live`;
}

/** Random, and growing with time, so that the server's index of them grows at its end. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const random = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${Date.now().toString(36)}-${random}`;
}
