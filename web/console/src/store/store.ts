/** The one store: the state as a signal, and views of its parts that only change when they do. */
import { computed, signal } from "@preact/signals";
import type { Fact } from "./facts.ts";
import { conversationsIn } from "./lists.ts";
import { reduce } from "./reduce.ts";
import { type ListKey, nothing } from "./state.ts";

const state = signal(nothing);

export function dispatch(fact: Fact) {
  state.value = reduce(state.peek(), fact);
}

export const snapshot = () => state.peek();

export const me = computed(() => state.value.me);
export const counts = computed(() => state.value.counts);
export const members = computed(() => state.value.members);
export const inboxes = computed(() => state.value.inboxes);
export const conversations = computed(() => state.value.conversations);
export const threads = computed(() => state.value.threads);
export const pending = computed(() => state.value.pending);
export const typing = computed(() => state.value.typing);
export const reaches = computed(() => state.value.reaches);
export const doubts = computed(() => state.value.doubts);
export const amAdmin = computed(() => state.value.me?.member.role === "admin");

/** The list that the agent looks at or came from. */
export const currentList = signal<ListKey>({ filter: "all", inbox: null });

/** Depends on no more than it shows, so that a new message elsewhere does not draw it again. */
export const shownConversations = computed(() => {
  const known = { me: me.value, conversations: conversations.value, reaches: reaches.value };
  return conversationsIn(known, currentList.value);
});
