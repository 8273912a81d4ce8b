/** Every operation the console calls, by its name in the wire contract. */
import type * as wire from "../../wire/wire.ts";
import { call } from "./api.ts";

type Items<T> = { items: T[] };
const at = encodeURIComponent;

export const setup = {
  read: () => call<wire.SetupState>("GET", "/api/setup"),
  complete: (body: wire.SetupRequest) => call<wire.Me>("POST", "/api/setup", body),
};

export const operator = {
  enter: (token: string) => call<wire.Installation>("POST", "/api/operator/enter", { token }),
  read: () => call<wire.Installation>("GET", "/api/operator"),
  update: (controller: wire.Controller) =>
    call<wire.Installation>("PATCH", "/api/operator", { controller }),
  invite: (body: { company_name: string; region: string; name: string; phone: string }) =>
    call<wire.AdministratorLink>("POST", "/api/operator/administrators", body),
};

export const account = {
  code: (body: wire.CodeRequest) => call<wire.CodeSent>("POST", "/api/codes", body),
  signUp: (body: wire.SignUp) => call<wire.Me>("POST", "/api/sign-up", body),
  signInByCode: (body: wire.SignInByCode) => call<wire.Me>("POST", "/api/sign-in/code", body),
  signInByPassword: (body: wire.SignInByPassword) =>
    call<wire.Me>("POST", "/api/sign-in/password", body),
  passkeyOptions: () => call<wire.PasskeyOptions>("POST", "/api/sign-in/passkey/options", {}),
  signInByPasskey: (body: wire.PasskeyAnswer) =>
    call<wire.Me>("POST", "/api/sign-in/passkey", body),
  signOut: () => call<wire.Empty>("POST", "/api/sign-out", {}),
};

export const me = {
  read: () => call<wire.Me>("GET", "/api/me"),
  update: (body: { name?: string; language?: wire.Language }) =>
    call<wire.Me>("PATCH", "/api/me", body),
  presence: (presence: "online" | "away") =>
    call<wire.Empty>("PUT", "/api/me/presence", { presence }),
  switchTo: (workspace_id: string) => call<wire.Me>("PUT", "/api/me/workspace", { workspace_id }),
  leave: () => call<wire.Empty>("DELETE", "/api/me/membership"),
};

export const security = {
  sessions: () => call<Items<wire.SessionInfo>>("GET", "/api/me/sessions"),
  revoke: (session: string) => call<wire.Empty>("DELETE", `/api/me/sessions/${at(session)}`),
  revokeOthers: () => call<wire.Empty>("DELETE", "/api/me/sessions"),
  setPassword: (password: string) => call<wire.Me>("PUT", "/api/me/password", { password }),
  removePassword: () => call<wire.Me>("DELETE", "/api/me/password"),
  startTotp: () => call<wire.TotpSecret>("POST", "/api/me/totp", {}),
  confirmTotp: (code: string) => call<wire.Me>("PUT", "/api/me/totp", { code }),
  removeTotp: () => call<wire.Me>("DELETE", "/api/me/totp"),
  passkeys: () => call<Items<wire.Passkey>>("GET", "/api/me/passkeys"),
  passkeyOptions: () => call<wire.PasskeyOptions>("POST", "/api/me/passkeys/options", {}),
  addPasskey: (body: wire.PasskeyAnswer) => call<wire.Passkey>("POST", "/api/me/passkeys", body),
  removePasskey: (id: string) => call<wire.Empty>("DELETE", `/api/me/passkeys/${at(id)}`),
};

export const members = {
  list: () => call<Items<wire.Member>>("GET", "/api/members"),
  update: (id: string, body: { role?: wire.Role; inbox_ids?: string[] }) =>
    call<wire.Member>("PATCH", `/api/members/${at(id)}`, body),
  remove: (id: string) => call<wire.Empty>("DELETE", `/api/members/${at(id)}`),
};

export const invitations = {
  list: () => call<Items<wire.Invitation>>("GET", "/api/invitations"),
  create: (body: { name: string; phone: string; role: wire.Role; inbox_ids: string[] }) =>
    call<wire.InvitationCreated>("POST", "/api/invitations", body),
  withdraw: (id: string) => call<wire.Empty>("DELETE", `/api/invitations/${at(id)}`),
  preview: (token: string) =>
    call<wire.InvitationPreview>("POST", "/api/invitations/preview", { token }),
  accept: (body: {
    token: string;
    name: string;
    phone: string;
    language: wire.Language;
    challenge_id?: string;
    code?: string;
  }) => call<wire.Me>("POST", "/api/invitations/accept", body),
  decline: (token: string) => call<wire.Empty>("POST", "/api/invitations/decline", { token }),
};

export const inboxes = {
  list: () => call<Items<wire.Inbox>>("GET", "/api/inboxes"),
  create: (draft: wire.InboxDraft) => call<wire.Inbox>("POST", "/api/inboxes", draft),
  update: (id: string, draft: Partial<wire.InboxDraft>) =>
    call<wire.Inbox>("PATCH", `/api/inboxes/${at(id)}`, draft),
  archive: (id: string) => call<wire.Empty>("DELETE", `/api/inboxes/${at(id)}`),
  snippet: (id: string) => call<{ html: string }>("GET", `/api/inboxes/${at(id)}/snippet`),
  rotateSecret: (id: string) =>
    call<{ secret: string }>("POST", `/api/inboxes/${at(id)}/identity-secret`, {}),
};

export interface ListQuery {
  filter: wire.Filter;
  inbox_id?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

export const conversations = {
  list: (query: ListQuery) =>
    call<wire.ConversationPage>("GET", `/api/conversations?${search({ ...query })}`),
  counts: () => call<wire.Counts>("GET", "/api/conversations/counts"),
  read: (id: string) => call<wire.Conversation>("GET", `/api/conversations/${at(id)}`),
  messages: (id: string, query: { before?: number; after?: number; limit?: number }) =>
    call<wire.MessagePage>("GET", `/api/conversations/${at(id)}/messages?${search(query)}`),
  assign: (id: string, member_id: string | null, note?: string) =>
    call<wire.Conversation>("PUT", `/api/conversations/${at(id)}/assignee`, {
      member_id,
      ...(note ? { note } : {}),
    }),
  setState: (id: string, state: wire.ConversationState, until?: number) =>
    call<wire.Conversation>("PUT", `/api/conversations/${at(id)}/state`, {
      state,
      ...(until ? { until } : {}),
    }),
};

export const live = {
  ticket: () => call<wire.Ticket>("POST", "/api/live/ticket", {}),
};

export const devices = {
  list: () => call<Items<wire.Device>>("GET", "/api/me/devices"),
  add: (body: wire.DeviceSubscription) => call<wire.Device>("PUT", "/api/me/devices", body),
  remove: (id: string) => call<wire.Empty>("DELETE", `/api/me/devices/${at(id)}`),
};

function search(query: Record<string, string | number | undefined>): URLSearchParams {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given.map(([key, value]) => [key, String(value)]));
}
