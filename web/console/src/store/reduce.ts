/**
 * The next state, given a fact. Pure: a stale screen plus the facts equals a fresh screen.
 * What a fact leaves open is written into `doubts`, for the loader to ask the server.
 */
import type { Me } from "../../../wire/wire.ts";
import {
  forget,
  read,
  readByVisitor,
  setAnswered,
  setConversation,
  takePicture,
  touch,
} from "./conversations.ts";
import type { Fact, Restart } from "./facts.ts";
import { reachOf } from "./lists.ts";
import { drop, listName, noDoubts, nothing, put, type State } from "./state.ts";
import { addMessage, addPage, confirmed, setFailed, setPending } from "./threads.ts";

export function reduce(state: State, fact: Fact): State {
  switch (fact.t) {
    case "message":
      return touch(addMessage(state, fact.message), fact.message);
    case "ack": {
      const message = confirmed(state, fact);
      return message ? touch(addMessage(state, message), message) : state;
    }
    case "failed":
      return setFailed(state, fact.id, { code: fact.code, detail: fact.detail });
    case "queued":
      return setPending(state, fact.pending);
    case "dropped":
      return { ...state, pending: state.pending.filter((item) => item.client_id !== fact.id) };
    case "conversation":
      return setConversation(state, fact.conversation);
    case "updated":
      return setAnswered(state, fact.conversation);
    case "read":
      return onRead(state, fact);
    case "typing":
      return onTyping(state, fact);
    case "presence":
      return onPresence(state, fact);
    case "changed":
      return { ...state, doubts: { ...state.doubts, [fact.what]: true } };
    case "gap":
      return { ...state, doubts: { ...state.doubts, everything: true } };
    case "me":
      return onMe(state, fact.me);
    case "members":
      return {
        ...state,
        members: new Map(fact.items.map((item) => [item.id, item])),
        doubts: { ...state.doubts, members: false },
      };
    case "inboxes":
      return {
        ...state,
        inboxes: new Map(fact.items.map((item) => [item.id, item])),
        doubts: { ...state.doubts, inboxes: false },
      };
    case "counts":
      return { ...state, counts: fact.counts, doubts: { ...state.doubts, counts: false } };
    case "page":
      return onPage(state, fact);
    case "looked_up":
      return onLookedUp(state, fact);
    case "messages":
      return addPage(state, fact.conversation, fact.page, fact.older);
    case "restart":
      return onRestart(state, fact.restart);
  }
}

type Of<T extends Fact["t"]> = Extract<Fact, { t: T }>;

function onRead(state: State, fact: Of<"read">): State {
  if (fact.reader.kind === "visitor") return readByVisitor(state, fact.conversation, fact.seq);
  if (fact.reader.id === state.me?.member.id) return read(state, fact.conversation, fact.seq);
  return state;
}

function onTyping(state: State, fact: Of<"typing">): State {
  if (fact.author.id === state.me?.member.id) return state;
  const others = (state.typing.get(fact.conversation) ?? []).filter(
    (author) => author.id !== fact.author.id,
  );
  const now = fact.on ? [...others, fact.author] : others;
  const typing =
    now.length > 0
      ? put(state.typing, fact.conversation, now)
      : drop(state.typing, fact.conversation);
  return { ...state, typing };
}

function onPresence(state: State, fact: Of<"presence">): State {
  const member = state.members.get(fact.member);
  const members = member
    ? put(state.members, fact.member, { ...member, presence: fact.presence })
    : state.members;
  const mine = state.me && state.me.member.id === fact.member ? state.me : null;
  const me = mine ? { ...mine, member: { ...mine.member, presence: fact.presence } } : state.me;
  return { ...state, members, me };
}

function onMe(state: State, me: Me | null): State {
  if (!me || (state.me && state.me.member.id !== me.member.id)) return { ...nothing, me };
  const doubts = { ...state.doubts, me: false };
  const sees = (who: Me) => `${who.member.role} ${[...who.member.inbox_ids].sort()}`;
  if (state.me && sees(state.me) !== sees(me)) doubts.everything = true;
  return { ...state, me, doubts };
}

function onPage(state: State, fact: Of<"page">): State {
  const next = fact.page.items.reduce(takePicture, state);
  const reach = reachOf(fact.page);
  const before = state.reaches.get(listName(fact.list));
  const reaches = put(state.reaches, listName(fact.list), {
    next: reach.next,
    last: reach.last ?? before?.last ?? null,
  });
  return { ...next, reaches };
}

function onLookedUp(state: State, fact: Of<"looked_up">): State {
  const seen = fact.gone.reduce(forget, fact.conversations.reduce(takePicture, state));
  const conversations = new Set(state.doubts.conversations);
  for (const item of fact.conversations) conversations.delete(item.id);
  for (const id of fact.gone) conversations.delete(id);
  return { ...seen, doubts: { ...seen.doubts, conversations } };
}

function onRestart(state: State, { list, page, counts, open }: Restart): State {
  const items = open ? [...page.items, open.conversation] : page.items;
  const bare: State = {
    ...state,
    conversations: new Map(items.map((item) => [item.id, item])),
    threads: new Map(),
    typing: new Map(),
    reaches: new Map([[listName(list), reachOf(page)]]),
    counts,
    doubts: { ...noDoubts, me: state.doubts.me },
  };
  return open ? addPage(bare, open.conversation.id, open.messages, false) : bare;
}
