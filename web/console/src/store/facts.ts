/** A closed list of what can happen to the console's state: from the socket, from HTTP, from the agent. */

import type { Ack, LiveEvents } from "../../../live/src/index.ts";
import type {
  Author,
  Conversation,
  ConversationPage,
  Counts,
  Inbox,
  Me,
  Member,
  Message,
  MessagePage,
} from "../../../wire/wire.ts";
import type { ListKey, Pending } from "./state.ts";

/** From the socket; the live client has put them in order and dropped repetitions. */
type Live =
  | { t: "message"; message: Message }
  | { t: "conversation"; conversation: Conversation }
  | ({ t: "ack" } & Ack)
  | ({ t: "failed" } & LiveEvents["failed"])
  | ({ t: "read" } & LiveEvents["read"])
  | { t: "typing"; conversation: string; author: Author; on: boolean }
  | ({ t: "presence" } & LiveEvents["presence"])
  | {
      t: "changed";
      what: Exclude<LiveEvents["changed"]["what"], "consents" | "conversations" | "requests">;
    }
  | { t: "gap" };

/** Answers of the server over HTTP: pictures of a moment that facts may already have overtaken. */
type Loaded =
  | { t: "me"; me: Me | null }
  | { t: "members"; items: readonly Member[] }
  | { t: "inboxes"; items: readonly Inbox[] }
  | { t: "counts"; counts: Counts }
  | { t: "page"; list: ListKey; page: ConversationPage }
  | { t: "looked_up"; conversations: readonly Conversation[]; gone: readonly string[] }
  | { t: "messages"; conversation: string; page: MessagePage; older: boolean }
  | { t: "restart"; restart: Restart };

/** A whole new picture after too much was missed. */
export interface Restart {
  list: ListKey;
  page: ConversationPage;
  counts: Counts;
  open: { conversation: Conversation; messages: MessagePage } | null;
}

/** What the agent just did, shown before the server knows. */
type Own =
  | { t: "queued"; pending: Pending }
  | { t: "dropped"; id: string }
  | { t: "updated"; conversation: Conversation };

export type Fact = Live | Loaded | Own;
