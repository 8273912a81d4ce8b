/** Every operation the console calls, by its name in the wire contract. */
import type * as wire from "../../wire/wire.ts";
import { ask, fetchFile } from "./api.ts";

export const setup = {
  read: () => ask<"setup.read">("GET", "/api/setup"),
  complete: (body: wire.SetupRequest) => ask<"setup.complete">("POST", "/api/setup", { body }),
};

export const operator = {
  enter: (token: string) =>
    ask<"operator.enter">("POST", "/api/operator/enter", { body: { token } }),
  read: () => ask<"operator.read">("GET", "/api/operator"),
  update: (controller: wire.Controller, accepted: string | null) =>
    ask<"operator.update">("PATCH", "/api/operator", {
      body: { controller, policy_hash: accepted },
    }),
  invite: (body: wire.AdministratorRequest) =>
    ask<"operator.invite">("POST", "/api/operator/administrators", { body }),
};

export const account = {
  code: (body: wire.CodeRequest) => ask<"code.request">("POST", "/api/codes", { body }),
  signUp: (body: wire.SignUp) => ask<"account.sign_up">("POST", "/api/sign-up", { body }),
  signInByCode: (body: wire.SignInByCode) =>
    ask<"account.sign_in_code">("POST", "/api/sign-in/code", { body }),
  signInByPassword: (body: wire.SignInByPassword) =>
    ask<"account.sign_in_password">("POST", "/api/sign-in/password", { body }),
  passkeyOptions: () =>
    ask<"account.passkey_options">("POST", "/api/sign-in/passkey/options", { body: {} }),
  signInByPasskey: (body: wire.PasskeyAnswer) =>
    ask<"account.sign_in_passkey">("POST", "/api/sign-in/passkey", { body }),
  signOut: () => ask<"account.sign_out">("POST", "/api/sign-out", { body: {} }),
};

export const me = {
  read: () => ask<"me.read">("GET", "/api/me"),
  update: (body: wire.MeChange) => ask<"me.update">("PATCH", "/api/me", { body }),
  presence: (presence: wire.PresenceChange["presence"]) =>
    ask<"me.presence">("PUT", "/api/me/presence", { body: { presence } }),
  switchTo: (workspace_id: string) =>
    ask<"me.switch">("PUT", "/api/me/workspace", { body: { workspace_id } }),
  leave: () => ask<"me.leave">("DELETE", "/api/me/membership"),
};

export const security = {
  sessions: () => ask<"sessions.list">("GET", "/api/me/sessions"),
  revoke: (session: string) =>
    ask<"sessions.revoke">("DELETE", "/api/me/sessions/{session_id}", { at: [session] }),
  revokeOthers: () => ask<"sessions.revoke_others">("DELETE", "/api/me/sessions"),
  setPassword: (password: string) =>
    ask<"password.set">("PUT", "/api/me/password", { body: { password } }),
  removePassword: () => ask<"password.remove">("DELETE", "/api/me/password"),
  startTotp: () => ask<"totp.start">("POST", "/api/me/totp", { body: {} }),
  confirmTotp: (code: string) => ask<"totp.confirm">("PUT", "/api/me/totp", { body: { code } }),
  removeTotp: () => ask<"totp.remove">("DELETE", "/api/me/totp"),
  passkeys: () => ask<"passkeys.list">("GET", "/api/me/passkeys"),
  passkeyOptions: () => ask<"passkeys.options">("POST", "/api/me/passkeys/options", { body: {} }),
  addPasskey: (body: wire.PasskeyAnswer) =>
    ask<"passkeys.add">("POST", "/api/me/passkeys", { body }),
  removePasskey: (id: string) =>
    ask<"passkeys.remove">("DELETE", "/api/me/passkeys/{passkey_id}", { at: [id] }),
};

export const members = {
  list: () => ask<"members.list">("GET", "/api/members"),
  update: (id: string, body: wire.MemberChange) =>
    ask<"members.update">("PATCH", "/api/members/{member_id}", { at: [id], body }),
  remove: (id: string) => ask<"members.remove">("DELETE", "/api/members/{member_id}", { at: [id] }),
};

export const invitations = {
  list: () => ask<"invitations.list">("GET", "/api/invitations"),
  create: (body: wire.InvitationDraft) =>
    ask<"invitations.create">("POST", "/api/invitations", { body }),
  import: (body: wire.InvitationImport) =>
    ask<"invitations.import">("POST", "/api/invitations/import", { body }),
  withdraw: (id: string) =>
    ask<"invitations.withdraw">("DELETE", "/api/invitations/{invitation_id}", { at: [id] }),
  preview: (token: string) =>
    ask<"invitations.preview">("POST", "/api/invitations/preview", { body: { token } }),
  accept: (body: wire.InvitationAcceptance) =>
    ask<"invitations.accept">("POST", "/api/invitations/accept", { body }),
  decline: (token: string) =>
    ask<"invitations.decline">("POST", "/api/invitations/decline", { body: { token } }),
};

export const inboxes = {
  list: () => ask<"inboxes.list">("GET", "/api/inboxes"),
  create: (body: wire.InboxDraft) => ask<"inboxes.create">("POST", "/api/inboxes", { body }),
  update: (id: string, body: wire.InboxChange) =>
    ask<"inboxes.update">("PATCH", "/api/inboxes/{inbox_id}", { at: [id], body }),
  archive: (id: string) =>
    ask<"inboxes.archive">("DELETE", "/api/inboxes/{inbox_id}", { at: [id] }),
  snippet: (id: string) =>
    ask<"inboxes.snippet">("GET", "/api/inboxes/{inbox_id}/snippet", { at: [id] }),
  rotateSecret: (id: string, details: readonly wire.Detail[]) =>
    ask<"inboxes.rotate_identity_secret">("POST", "/api/inboxes/{inbox_id}/identity-secret", {
      at: [id],
      body: { details: [...details] },
    }),
  removeSecret: (id: string) =>
    ask<"inboxes.remove_identity_secret">("DELETE", "/api/inboxes/{inbox_id}/identity-secret", {
      at: [id],
    }),
};

export const imports = {
  attestation: (language: wire.Language) =>
    ask<"imports.attestation">("GET", "/api/imports/attestation", { query: { language } }),
};

const exception = "/api/exceptions/{exception_id}";

export const exceptions = {
  list: () => ask<"exceptions.list">("GET", "/api/exceptions"),
  propose: (body: wire.ExceptionDraft) =>
    ask<"exceptions.propose">("POST", "/api/exceptions", { body }),
  read: (id: string) => ask<"exceptions.read">("GET", exception, { at: [id] }),
  approve: (id: string) =>
    ask<"exceptions.approve">("POST", `${exception}/approvals`, { at: [id], body: {} }),
  copies: (id: string, language: wire.Language) =>
    fetchFile<"exceptions.copies">("POST", `${exception}/copies`, { at: [id], body: { language } }),
  end: (id: string) => ask<"exceptions.end">("DELETE", exception, { at: [id] }),
  report: (before?: number) =>
    ask<"exceptions.report">("GET", "/api/exceptions/report", {
      query: before === undefined ? {} : { before },
    }),
  aboutMe: () => ask<"exceptions.about_me">("GET", "/api/me/exceptions"),
  refuse: (code: wire.ExceptionCode, refused: boolean) =>
    ask<"exceptions.refuse">("PUT", "/api/me/exceptions/refusals", { body: { code, refused } }),
};

export const research = {
  read: () => ask<"research.read">("GET", "/api/research"),
  set: (k: number) => ask<"research.set">("PUT", "/api/research", { body: { k } }),
  extract: (wish: wire.ExtractWish) =>
    fetchFile<"research.extract">("POST", "/api/research/extracts", { body: wish }),
  figures: (month: string) =>
    ask<"figures.read">("GET", "/api/research/figures/{month}", { at: [month] }),
};

export const assessments = {
  list: () => ask<"assessments.list">("GET", "/api/assessments"),
  assess: (body: wire.AssessmentDraft) =>
    ask<"assessments.assess">("POST", "/api/assessments", { body }),
};

export const publications = {
  list: () => ask<"publications.list">("GET", "/api/publications"),
  allow: (allowed: boolean) =>
    ask<"publications.rule">("PUT", "/api/publications", { body: { allowed } }),
  end: (id: string) =>
    ask<"publications.end">("DELETE", "/api/publications/{publication_id}", { at: [id] }),
};

export const ageGate = {
  read: () => ask<"age_gate.read">("GET", "/api/age-gate"),
  set: (asks: boolean) => ask<"age_gate.set">("PUT", "/api/age-gate", { body: { asks } }),
};

const request = "/api/requests/{request_id}";

export const requests = {
  list: (query: wire.RequestQuery) => ask<"requests.list">("GET", "/api/requests", { query }),
  open: (id: string) => ask<"requests.open">("POST", `${request}/opened`, { at: [id], body: {} }),
  unmask: (id: string) =>
    ask<"requests.unmask">("POST", `${request}/unmasked`, { at: [id], body: {} }),
  askIdentity: (id: string, check: wire.IdentityQuestion["check"]) =>
    ask<"requests.ask_identity">("POST", `${request}/identity`, { at: [id], body: { check } }),
  decide: (id: string, accepted: boolean) =>
    ask<"requests.decide">("PUT", `${request}/identity`, { at: [id], body: { accepted } }),
  answer: (id: string, text: string) =>
    ask<"requests.answer">("POST", `${request}/answers`, { at: [id], body: { text } }),
  bind: (id: string, visitor_id: string) =>
    ask<"requests.bind">("PUT", `${request}/subject`, {
      at: [id],
      body: { visitor_id, sure: true },
    }),
  copy: (id: string, language: wire.Language) =>
    fetchFile<"requests.copy">("POST", `${request}/copies`, { at: [id], body: { language } }),
  erase: (id: string) =>
    ask<"requests.erase">("POST", `${request}/erasure`, { at: [id], body: { sure: true } }),
  close: (id: string, outcome: wire.RequestClosing["outcome"]) =>
    ask<"requests.close">("PUT", `${request}/closed`, { at: [id], body: { outcome } }),
};

const conversation = "/api/conversations/{conversation_id}";

export const conversations = {
  list: (query: wire.ConversationQuery) =>
    ask<"conversations.list">("GET", "/api/conversations", { query }),
  counts: () => ask<"conversations.counts">("GET", "/api/conversations/counts"),
  read: (id: string) => ask<"conversations.read">("GET", conversation, { at: [id] }),
  messages: (id: string, query: wire.MessageQuery) =>
    ask<"conversations.messages">("GET", `${conversation}/messages`, { at: [id], query }),
  assign: (id: string, member_id: string | null, note?: string) =>
    ask<"conversations.assign">("PUT", `${conversation}/assignee`, {
      at: [id],
      body: { member_id, ...(note ? { note } : {}) },
    }),
  setState: (id: string, state: wire.ConversationState, until?: number) =>
    ask<"conversations.set_state">("PUT", `${conversation}/state`, {
      at: [id],
      body: { state, ...(until ? { until } : {}) },
    }),
};

export const thirdParties = {
  list: (language: wire.Language) =>
    ask<"processors.list">("GET", "/api/processors", { query: { language } }),
  enable: (name: string, body: wire.Enabling) =>
    ask<"processors.enable">("PUT", "/api/processors/{processor}", { at: [name], body }),
  enableSeveral: (parties: wire.EnablingOne[]) =>
    ask<"processors.enable_several">("PUT", "/api/processors", { body: { parties } }),
  end: (name: string) =>
    ask<"processors.end">("DELETE", "/api/processors/{processor}", { at: [name] }),
};

export const certificates = {
  list: () => ask<"certificates.list">("GET", "/api/operator/certificates"),
  add: (body: wire.CertificateDraft) =>
    ask<"certificates.add">("POST", "/api/operator/certificates", { body }),
  remove: (id: string) =>
    ask<"certificates.remove">("DELETE", "/api/operator/certificates/{certificate_id}", {
      at: [id],
    }),
};

export const transfers = {
  record: (body: wire.TransferDraft) => ask<"transfers.record">("POST", "/api/transfers", { body }),
};

export const live = {
  ticket: () => ask<"live.ticket">("POST", "/api/live/ticket", { body: {} }),
};

export const devices = {
  list: () => ask<"devices.list">("GET", "/api/me/devices"),
  add: (body: wire.NewDevice) => ask<"devices.add">("PUT", "/api/me/devices", { body }),
  remove: (id: string) =>
    ask<"devices.remove">("DELETE", "/api/me/devices/{device_id}", { at: [id] }),
};

export const consents = {
  list: (language: wire.Language) =>
    ask<"consents.list">("GET", "/api/me/consents", { query: { language } }),
  answer: (body: wire.ConsentAnswer) => ask<"consents.answer">("PUT", "/api/me/consents", { body }),
  withdraw: (purpose: wire.ConsentPurpose) =>
    ask<"consents.withdraw">("POST", "/api/me/consents/withdrawal", { body: { purpose } }),
  receipt: (language: wire.Language) =>
    ask<"consents.receipt">("GET", "/api/me/consents/receipt", { query: { language } }),
};

export const campaigns = {
  mine: (language: wire.Language) =>
    ask<"campaigns.mine">("GET", "/api/me/campaigns", { query: { language } }),
  mark: (id: string, state: wire.CampaignMark["state"]) =>
    ask<"campaigns.mark">("PUT", "/api/me/campaigns/{campaign_id}", { at: [id], body: { state } }),
  list: (language: wire.Language) =>
    ask<"campaigns.list">("GET", "/api/campaigns", { query: { language } }),
};

export const policy = {
  read: (language: wire.Language, reader: wire.PolicyQuery["reader"] = "founder") =>
    ask<"policy.read">("GET", "/api/policy", { query: { language, reader } }),
};
