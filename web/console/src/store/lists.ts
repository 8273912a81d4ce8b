/** Which conversation belongs to which list, in which order; the same rules as the server's. */
import type { Conversation, Counts, Filter } from "../../../wire/wire.ts";
import { type ListKey, listName, type Reach, type State } from "./state.ts";

export function belongs(conversation: Conversation, filter: Filter, me: string): boolean {
  const { state } = conversation;
  switch (filter) {
    case "mine":
      return state === "open" && conversation.assignee_id === me;
    case "unassigned":
      return state === "open" && conversation.assignee_id === null;
    case "waiting":
      return state === "open" && conversation.waiting_since !== null;
    case "all":
      return state !== "closed";
    case "closed":
      return state === "closed";
  }
}

/** Larger comes first. */
export const sortKey = (conversation: Conversation) => conversation.updated_at;

function before(a: Conversation, b: Conversation): number {
  return sortKey(b) - sortKey(a) || (a.id < b.id ? 1 : -1);
}

/** The list as far as it is loaded, in order. */
export function conversationsIn(
  state: Pick<State, "me" | "conversations" | "reaches">,
  list: ListKey,
): Conversation[] {
  const reach = state.reaches.get(listName(list));
  const me = state.me?.member.id ?? "";
  return [...state.conversations.values()]
    .filter((item) => belongs(item, list.filter, me))
    .filter((item) => !list.inbox || item.inbox_id === list.inbox)
    .filter((item) => within(item, reach))
    .sort(before);
}

function within(conversation: Conversation, reach: Reach | undefined): boolean {
  if (!reach?.next || !reach.last) return true;
  const distance = sortKey(conversation) - reach.last.key;
  return distance > 0 || (distance === 0 && conversation.id >= reach.last.id);
}

export function reachOf(page: { items: readonly Conversation[]; next: string | null }): Reach {
  const last = page.items.at(-1);
  return { next: page.next, last: last ? { key: sortKey(last), id: last.id } : null };
}

const counted = ["mine", "unassigned", "all", "waiting", "closed"] as const;

/** The counts after one conversation changed; null when the old one is not known. */
export function recount(
  counts: Counts,
  old: Conversation | undefined,
  now: Conversation,
  me: string,
): Counts | null {
  if (!old) return null;
  const next = { ...counts };
  for (const filter of counted) {
    next[filter] += Number(belongs(now, filter, me)) - Number(belongs(old, filter, me));
  }
  next.unread += unreadOf(now) - unreadOf(old);
  return next;
}

/** One conversation with something unread counts once, however much it is; closed ones do not. */
function unreadOf(conversation: Conversation): number {
  return Number(conversation.state !== "closed" && conversation.unread > 0);
}
