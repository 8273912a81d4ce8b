/** The people and things that the console's tests are about. */
import type { Author, Conversation, Me, Member, Message } from "../../wire/wire.ts";
import { nothing, type State } from "../src/store/state.ts";

export const morning = Date.UTC(2026, 4, 4, 8, 0);

export const arta: Member = {
  id: "arta",
  name: "Arta",
  role: "admin",
  presence: "online",
  joined_at: morning,
  inbox_ids: ["shop"],
  phone: null,
};
export const besnik: Member = { ...arta, id: "besnik", name: "Besnik", role: "agent" };

export const visitor: Author = { kind: "visitor", id: "mira", name: null };
export const asArta: Author = { kind: "member", id: "arta", name: "Arta" };
export const asBesnik: Author = { kind: "member", id: "besnik", name: "Besnik" };

export const artaSignedIn: Me = {
  account: {
    id: "account",
    phone: "+38344100000",
    has_password: false,
    has_totp: false,
    passkeys: 0,
  },
  member: arta,
  workspace: { id: "teahouse", name: "Teahouse", region: "eu", push: true },
  workspaces: [{ id: "teahouse", name: "Teahouse", role: "admin" }],
  language: "en",
  vapid_public_key: null,
  fresh_until: morning,
};

export const signedIn: State = { ...nothing, me: artaSignedIn };

export function conversation(change: Partial<Conversation> = {}): Conversation {
  return {
    id: "order",
    inbox_id: "shop",
    visitor: {
      id: "mira",
      name: "Mira",
      email: null,
      phone: null,
      verified: false,
      language: "sq",
      created_at: morning,
    },
    state: "open",
    snoozed_until: null,
    assignee_id: null,
    waiting_since: null,
    last_seq: 0,
    visitor_read_seq: 0,
    read_seq: 0,
    unread: 0,
    preview: null,
    created_at: morning,
    updated_at: morning,
    ...change,
  };
}

export function message(change: Partial<Message> = {}): Message {
  return {
    conversation_id: "order",
    lane: "public",
    seq: 1,
    position: 1,
    client_id: null,
    author: visitor,
    kind: "text",
    text: "Hello",
    files: [],
    mentions: [],
    at: morning,
    ...change,
  };
}
