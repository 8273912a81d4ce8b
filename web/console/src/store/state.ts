/** Everything the console knows, as one frozen value; `reduce` makes the next one from a fact. */
import type {
  Author,
  Conversation,
  Counts,
  FileInfo,
  Filter,
  Inbox,
  Me,
  Member,
  Message,
} from "../../../wire/wire.ts";

/** The loaded part of one conversation: always its end, as far back as the agent scrolled. */
export interface Thread {
  messages: readonly Message[];
  /** There are older messages on the server. */
  more: boolean;
}

/** A message of mine that the server has not confirmed yet. */
export interface Pending {
  client_id: string;
  conversation_id: string;
  text: string;
  note: boolean;
  mentions: readonly string[];
  files: readonly FileInfo[];
  at: number;
  /** The server's reason, once it refused. */
  failed: { code: string; detail: string } | null;
}

export interface ListKey {
  filter: Filter;
  inbox: string | null;
}

/** How far down a list has been loaded. */
export interface Reach {
  next: string | null;
  /** The last loaded conversation: what sorts after it may be incomplete. */
  last: { key: number; id: string } | null;
}

/** What a fact left open; the loader asks the server and clears it. */
export interface Doubts {
  conversations: ReadonlySet<string>;
  counts: boolean;
  me: boolean;
  members: boolean;
  inboxes: boolean;
  everything: boolean;
}

export interface State {
  me: Me | null;
  conversations: ReadonlyMap<string, Conversation>;
  threads: ReadonlyMap<string, Thread>;
  pending: readonly Pending[];
  reaches: ReadonlyMap<string, Reach>;
  counts: Counts | null;
  members: ReadonlyMap<string, Member>;
  inboxes: ReadonlyMap<string, Inbox>;
  /** Who is writing, by conversation. */
  typing: ReadonlyMap<string, readonly Author[]>;
  doubts: Doubts;
}

export const noDoubts: Doubts = {
  conversations: new Set(),
  counts: false,
  me: false,
  members: false,
  inboxes: false,
  everything: false,
};

export const nothing: State = {
  me: null,
  conversations: new Map(),
  threads: new Map(),
  pending: [],
  reaches: new Map(),
  counts: null,
  members: new Map(),
  inboxes: new Map(),
  typing: new Map(),
  doubts: noDoubts,
};

export const listName = (list: ListKey) => `${list.filter} ${list.inbox ?? ""}`;

/** A copy of the map with one entry replaced. */
export function put<V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> {
  return new Map(map).set(key, value);
}

export function drop<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  if (!map.has(key)) return map;
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}
