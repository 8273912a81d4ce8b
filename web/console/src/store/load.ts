/** Asks the server for what the screen needs, and for what facts left in doubt. */
import { effect } from "@preact/signals";
import type { ConversationQuery } from "../../../wire/wire.ts";
import { ApiError } from "../api.ts";
import { conversations, inboxes, me, members } from "../operations.ts";
import { type ListKey, listName } from "./state.ts";
import { currentList, dispatch, doubts, snapshot } from "./store.ts";
import { work } from "./work.ts";

const pageSize = 50;
const settleDelay = 120;

export const listWork = (list: ListKey) => `list ${listName(list)}`;
export const threadWork = (id: string) => `thread ${id}`;
export const olderWork = (id: string) => `older ${id}`;

/** The first page of a list, or the next one. */
export function loadList(list: ListKey, next = false): Promise<void> {
  const cursor = next ? snapshot().reaches.get(listName(list))?.next : null;
  if (next && !cursor) return Promise.resolve();
  return work(listWork(list), async () => {
    const page = await conversations.list(query(list, cursor ?? undefined));
    dispatch({ t: "page", list, page });
  });
}

function query(list: ListKey, cursor?: string): ConversationQuery {
  return {
    filter: list.filter,
    limit: pageSize,
    ...(list.inbox ? { inbox_id: list.inbox } : {}),
    ...(cursor ? { cursor } : {}),
  };
}

export function loadCounts(): Promise<void> {
  return work("counts", async () =>
    dispatch({ t: "counts", counts: await conversations.counts() }),
  );
}

export function loadPeople(): Promise<void> {
  return work("people", async () => {
    const [people, places] = await Promise.all([members.list(), inboxes.list()]);
    dispatch({ t: "members", items: people.items });
    dispatch({ t: "inboxes", items: places.items });
  });
}

/** A conversation and the end of its messages. */
export function loadThread(id: string): Promise<void> {
  return work(threadWork(id), async () => {
    const [conversation, page] = await Promise.all([
      conversations.read(id),
      conversations.messages(id, { limit: pageSize }),
    ]);
    dispatch({ t: "looked_up", conversations: [conversation], gone: [] });
    dispatch({ t: "messages", conversation: id, page, older: false });
  });
}

export function loadOlder(id: string): Promise<void> {
  const thread = snapshot().threads.get(id);
  const first = thread?.messages.find((message) => message.lane === "public");
  if (!thread?.more || !first) return Promise.resolve();
  return work(olderWork(id), async () => {
    const page = await conversations.messages(id, { before: first.seq, limit: pageSize });
    dispatch({ t: "messages", conversation: id, page, older: true });
  });
}

/** Everything on the screen anew, in one step, so that nothing flickers. */
export function loadAfresh(open: string | null): Promise<void> {
  return work("afresh", async () => {
    const list = currentList.peek();
    const [page, counts, thread] = await Promise.all([
      conversations.list(query(list)),
      conversations.counts(),
      open ? openThread(open) : null,
    ]);
    dispatch({ t: "restart", restart: { list, page, counts, open: thread } });
  });
}

async function openThread(id: string) {
  try {
    const [conversation, messages] = await Promise.all([
      conversations.read(id),
      conversations.messages(id, { limit: pageSize }),
    ]);
    return { conversation, messages };
  } catch (error) {
    if (error instanceof ApiError && error.problem.status === 404) return null;
    throw error;
  }
}

async function lookUp(ids: readonly string[]) {
  const answers = await Promise.all(
    ids.map((id) => conversations.read(id).catch((error: unknown) => gone(error))),
  );
  dispatch({
    t: "looked_up",
    conversations: answers.filter((answer) => answer !== null),
    gone: ids.filter((_, index) => answers[index] === null),
  });
}

function gone(error: unknown): null {
  if (error instanceof ApiError && error.problem.status === 404) return null;
  throw error;
}

/** Settles doubts shortly after they arise; several at once cost one request each. */
export function settleDoubts(openConversation: () => string | null) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const settle = () => {
    const { conversations: unknown, ...open } = doubts.peek();
    if (open.me) void work("me", async () => dispatch({ t: "me", me: await me.read() }));
    if (open.members || open.inboxes) void loadPeople();
    if (open.everything) void loadAfresh(openConversation());
    else {
      if (unknown.size > 0) void work("look up", () => lookUp([...unknown]));
      if (open.counts) void loadCounts();
    }
  };
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(settle, settleDelay);
  };
  const end = effect(() => {
    const { conversations: unknown, ...open } = doubts.value;
    if (unknown.size > 0 || Object.values(open).some(Boolean)) again();
    else clearTimeout(timer);
  });
  const stop = () => {
    end();
    clearTimeout(timer);
  };
  /** `again`: what could not be asked without a connection is asked when it is back. */
  return { again, stop };
}
