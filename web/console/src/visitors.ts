/** The visitors of the newest conversations, where somebody is picked who is not before us. */
import { signal } from "@preact/signals";
import type { Conversation, Filter } from "../../wire/wire.ts";
import { conversations } from "./operations.ts";

const AT_ONCE = 100;

/** Their conversations, open and closed, by the visitors' ids. */
export const talks = signal<ReadonlyMap<string, Conversation>>(new Map());

/** Where the older conversations go on; empty when there are none. */
export type Older = Partial<Record<Filter, string>>;

const NEWEST: Older = { all: "", closed: "" }; // "all" has those that are open

/** Learns the visitors of the newest conversations, or of older ones; returns where it goes on. */
export async function learnVisitors(from: Older = NEWEST): Promise<Older> {
  const asked = Object.entries(from) as [Filter, string][];
  const pages = await Promise.all(
    asked.map(([filter, cursor]) => conversations.list({ filter, cursor, limit: AT_ONCE })),
  );
  const found = pages.flatMap(({ items }) => items.map((item) => [item.visitor.id, item] as const));
  talks.value = new Map([...(from === NEWEST ? [] : talks.value), ...found]);
  const ends = asked.map(([filter], page) => [filter, pages[page]?.next] as const);
  return Object.fromEntries(ends.filter(([, next]) => next));
}
