// THE WIRE CONTRACT (draft by hand; later generated into web/wire/wire.ts from the Python operations, same names).
// Times are Unix milliseconds UTC. Ids are opaque strings. Unknown keys in a request are refused (422 / frame error).

export type Language = "en" | "zh-CN" | "sq";
export type Role = "admin" | "agent";
export type Presence = "online" | "away" | "offline";
export type ConversationState = "open" | "snoozed" | "closed";
export type Filter = "mine" | "unassigned" | "all" | "waiting" | "closed";

// Every error, HTTP (application/problem+json) and socket alike, has `code` from one table.
export interface Problem { type: string; title: string; status: number; code: string; detail: string; fields?: { path: string; code: string; detail: string }[]; retry_after?: number }

// ---- set-up and operator
export interface SetupState { needed: boolean; demo: boolean; sms: "demo" | "configured" | "not_configured"; regions: string[]; languages: Language[] }
export interface Controller { name: string; contact_email: string; contact_phone: string | null; address: string | null }
export interface SetupRequest { token: string; controller: Controller; company_name: string; region: string; administrator_name: string; administrator_phone: string; language: Language }
export interface Installation { controller: Controller; sms: "demo" | "configured" | "not_configured"; version: string; workspaces: { id: string; name: string; region: string; created_at: number; members: number }[] }
export interface AdministratorLink { url: string; expires_at: number }

// ---- accounts
export interface CodeRequest { phone: string; purpose: "sign_up" | "sign_in" | "accept_invitation" }
export interface CodeSent { challenge_id: string; expires_at: number; resend_at: number }
export interface SignUp { challenge_id: string; code: string; company_name: string; name: string; region: string; language: Language }
export interface SignInByCode { challenge_id: string; code: string }
export interface SignInByPassword { phone: string; password: string; totp?: string | null }
export interface PasskeyOptions { challenge_id: string; options: unknown }
export interface PasskeyAnswer { challenge_id: string; credential: unknown; name?: string | null }
export interface Me {
  account: { id: string; phone: string; has_password: boolean; has_totp: boolean; passkeys: number };
  member: Member;
  workspace: { id: string; name: string; region: string; push: boolean };
  workspaces: { id: string; name: string; role: Role }[];
  language: Language;
  vapid_public_key: string | null; // null: push is off for this workspace
  fresh_until: number; // credential changes are allowed until then, afterwards 401 fresh_sign_in_required
}
export interface SessionInfo { id: string; current: boolean; created_at: number; seen_at: number; agent: string; kind: "console" | "operator" }
export interface TotpSecret { secret: string; uri: string }
export interface Passkey { id: string; name: string; created_at: number }

// ---- workspaces
export interface Member { id: string; name: string; role: Role; presence: Presence; joined_at: number; inbox_ids: string[]; phone: string | null /* admins only */ }
export interface Invitation { id: string; role: Role; name: string; phone: string; inbox_ids: string[]; state: "open" | "accepted" | "declined" | "withdrawn" | "expired"; created_at: number; expires_at: number }
export interface InvitationCreated { invitation: Invitation; url: string /* shown once */; sms: "sent" | "not_configured" }
export interface InvitationPreview { workspace_name: string; role: Role; phone_hint: string; expires_at: number; code_needed: boolean }

// ---- inboxes
export interface OfficeHours { timezone: string; days: { opens: string; closes: string }[][] /* 7 lists, Monday first, "HH:MM" */ }
export interface Inbox { id: string; name: string; color: string /* #rrggbb */; greeting: Partial<Record<Language, string>>; languages: Language[]; allowed_origins: string[]; office_hours: OfficeHours | null; member_ids: string[]; identity_enabled: boolean; created_at: number; archived_at: number | null }
export interface InboxDraft { name: string; color: string; greeting: Partial<Record<Language, string>>; languages: Language[]; allowed_origins: string[]; office_hours: OfficeHours | null; member_ids: string[] }

// ---- conversations
export interface Author { kind: "visitor" | "member" | "system"; id: string; name: string | null }
export interface FileInfo { id: string; name: string; media_type: string; bytes: number; width: number | null; height: number | null }
export interface Message {
  conversation_id: string;
  lane: "public" | "internal"; // internal: notes and events; never sent to visitors
  seq: number;                 // gapless from 1 within (conversation, lane)
  position?: number;           // workspace feed number, total order; console only
  client_id: string | null;
  author: Author;
  kind: "text" | "note" | "event";
  text: string;                // plain text, ≤ 4000 characters; "" when only files
  files: FileInfo[];
  mentions: string[];          // member ids, notes only
  event?: { name: "assigned" | "closed" | "reopened" | "snoozed" | "woken"; member_id?: string | null; until?: number | null } | null;
  at: number;
}
export interface Visitor { id: string; name: string | null; email: string | null; phone: string | null; verified: boolean; language: Language; created_at: number }
export interface Conversation {
  id: string; inbox_id: string; visitor: Visitor; state: ConversationState; snoozed_until: number | null; assignee_id: string | null;
  waiting_since: number | null;  // the visitor's oldest unanswered message
  last_seq: number;              // public lane
  visitor_read_seq: number;
  read_seq: number;              // mine (public lane)
  unread: number;                // visitor messages that I have not read
  preview: { text: string; author: Author; at: number; has_files: boolean } | null; // last public message, ≤ 140 characters
  created_at: number; updated_at: number;
}
export interface ConversationPage { items: Conversation[]; next: string | null }
export interface Counts { mine: number; unassigned: number; all: number; waiting: number; closed: number; unread: number }
export interface MessagePage { items: Message[]; more: boolean }
export interface NewMessage { client_id: string; text: string; file_ids?: string[]; note?: boolean; mentions?: string[] }

// ---- widget (visitor; cookie in the frame's partition)
export interface Notice { hash: string; language: Language; paragraphs: string[]; policy_url: string; accept: string }
export interface WidgetConfig {
  inbox: { id: string; name: string; color: string; greeting: string; languages: Language[] };
  language: Language; open: boolean; opens_at: number | null; notice: Notice;
  push_key: string | null; limits: { text: number; file_bytes: number; files: number };
  visitor: VisitorState | null;
}
export interface Identity { id: string; name?: string | null; email?: string | null; phone?: string | null; hmac: string } // hmac: hex HMAC-SHA256(identity secret, canonical), see docs
export interface VisitorStart { notice_hash: string; language: Language; identity?: Identity | null }
export interface VisitorState { visitor: Visitor; conversation_id: string | null; last_seq: number; read_seq: number; unread: number; agent_read_seq: number; push: boolean /* a device of this visitor waits for the answer */ }
export interface HandOver { token: string; expires_at: number }
// From the first-party push window, which has no visitor cookie (another partition): the token says who. page: address
// of the page with the widget (origin + path, no query), opened by a click on the notification; refused (422) unless its
// origin is one of the inbox's allowed_origins.
export interface VisitorSubscription { token: string; subscription: DeviceSubscription; page: string | null }

// ---- push
export interface DeviceSubscription { endpoint: string; keys: { p256dh: string; auth: string } }
export interface Device { id: string; agent: string; created_at: number; current: boolean }
export interface Wake { title: string; body: string; url: string; tag: string; language: Language }

export interface Ticket { ticket: string; expires_at: number }
export interface Empty {}

// name: method path  request → response     (who)
// All writes carry header  X-Silkroad: 1  and Content-Type: application/json (uploads: application/octet-stream).
// setup.read            GET    /api/setup                         → SetupState           anyone
// setup.complete        POST   /api/setup                 SetupRequest → Me (sets the session cookie)
// operator.enter        POST   /api/operator/enter        {token} → Installation          (one-time link printed by `silkroad operator-link`: /operator#<token>)
// operator.read         GET    /api/operator                      → Installation          operator
// operator.update       PATCH  /api/operator              {controller} → Installation     operator
// operator.invite       POST   /api/operator/administrators {company_name, region, name, phone} → AdministratorLink   operator
// code.request          POST   /api/codes                 CodeRequest → CodeSent           anyone
// account.sign_up       POST   /api/sign-up               SignUp → Me
// account.sign_in_code  POST   /api/sign-in/code          SignInByCode → Me   (404 no_workspace if the phone belongs to nobody)
// account.sign_in_password POST /api/sign-in/password     SignInByPassword → Me  (401 wrong_credentials | totp_required)
// account.passkey_options  POST /api/sign-in/passkey/options  Empty → PasskeyOptions
// account.sign_in_passkey  POST /api/sign-in/passkey      PasskeyAnswer → Me
// account.sign_out      POST   /api/sign-out              Empty → Empty
// me.read               GET    /api/me                            → Me        401 signed_out
// me.update             PATCH  /api/me                    {name?, language?} → Me
// me.presence           PUT    /api/me/presence           {presence: "online"|"away"} → Empty
// me.switch             PUT    /api/me/workspace          {workspace_id} → Me
// me.leave              DELETE /api/me/membership                 → Empty     409 last_admin
// sessions.list         GET    /api/me/sessions                   → {items: SessionInfo[]}
// sessions.revoke       DELETE /api/me/sessions/{session_id}      → Empty
// sessions.revoke_others DELETE /api/me/sessions                  → Empty
// password.set          PUT    /api/me/password           {password} → Me (all other sessions end)
// password.remove       DELETE /api/me/password                   → Me
// totp.start            POST   /api/me/totp               Empty → TotpSecret
// totp.confirm          PUT    /api/me/totp               {code} → Me
// totp.remove           DELETE /api/me/totp                       → Me
// passkeys.list         GET    /api/me/passkeys                   → {items: Passkey[]}
// passkeys.options      POST   /api/me/passkeys/options   Empty → PasskeyOptions
// passkeys.add          POST   /api/me/passkeys           PasskeyAnswer → Passkey
// passkeys.remove       DELETE /api/me/passkeys/{passkey_id}      → Empty
// members.list          GET    /api/members                       → {items: Member[]}
// members.update        PATCH  /api/members/{member_id}   {role?, inbox_ids?} → Member   admin; 409 last_admin
// members.remove        DELETE /api/members/{member_id}           → Empty     admin; 409 last_admin
// invitations.list      GET    /api/invitations                   → {items: Invitation[]} admin
// invitations.create    POST   /api/invitations           {name, phone, role, inbox_ids} → InvitationCreated  admin   (link /join#<token>)
// invitations.withdraw  DELETE /api/invitations/{invitation_id}   → Empty     admin
// invitations.preview   POST   /api/invitations/preview   {token} → InvitationPreview    anyone with the token
// invitations.accept    POST   /api/invitations/accept    {token, name, phone, language, challenge_id?, code?} → Me
// invitations.decline   POST   /api/invitations/decline   {token} → Empty
// inboxes.list          GET    /api/inboxes                       → {items: Inbox[]}
// inboxes.create        POST   /api/inboxes               InboxDraft → Inbox             admin
// inboxes.update        PATCH  /api/inboxes/{inbox_id}    Partial<InboxDraft> → Inbox    admin
// inboxes.archive       DELETE /api/inboxes/{inbox_id}            → Empty                 admin
// inboxes.snippet       GET    /api/inboxes/{inbox_id}/snippet    → {html: string}        admin
// inboxes.rotate_identity_secret POST /api/inboxes/{inbox_id}/identity-secret Empty → {secret: string}  admin (shown once)
// conversations.list    GET    /api/conversations?filter&inbox_id?&cursor?&limit?  → ConversationPage
// conversations.counts  GET    /api/conversations/counts          → Counts
// conversations.read    GET    /api/conversations/{conversation_id}          → Conversation
// conversations.messages GET   /api/conversations/{conversation_id}/messages?before?&after?&limit?  → MessagePage  (before/after are public-lane seq; both lanes, ordered by position)
// conversations.send    POST   /api/conversations/{conversation_id}/messages NewMessage → Message
// conversations.mark_read PUT  /api/conversations/{conversation_id}/read     {seq} → Empty
// conversations.assign  PUT    /api/conversations/{conversation_id}/assignee {member_id: string|null, note?: string} → Conversation (hand over = assign with a note)
// conversations.set_state PUT  /api/conversations/{conversation_id}/state    {state, until?} → Conversation
// files.upload          POST   /api/conversations/{conversation_id}/files    raw bytes, header X-File-Name (percent-encoded UTF-8) → FileInfo
// files.download        GET    /api/files/{file_id}               → bytes (pictures inline with sandbox CSP, anything else attachment)
// widget.read           GET    /api/widget/{inbox_id}?language=   → WidgetConfig         anyone (404 for unknown/archived)
// widget.start          POST   /api/widget/{inbox_id}/visitor     VisitorStart → VisitorState   428 notice_required when the hash is not the current notice's; sets the visitor cookie
// widget.forget         DELETE /api/widget/{inbox_id}/visitor     → Empty (ends the visitor's session on this browser, clears the cookie)
// widget.messages       GET    /api/widget/{inbox_id}/messages?before?&after?&limit?  → MessagePage (public lane only)
// widget.send           POST   /api/widget/{inbox_id}/messages    NewMessage (no note, no mentions) → Message
// widget.mark_read      PUT    /api/widget/{inbox_id}/read        {seq} → Empty
// widget.upload         POST   /api/widget/{inbox_id}/files       raw bytes, X-File-Name → FileInfo
// widget.download       GET    /api/widget/{inbox_id}/files/{file_id}
// widget.update         PATCH  /api/widget/{inbox_id}/visitor     {language} → VisitorState (the visitor switched the language; no new acceptance)
// widget.hand_over      POST   /api/widget/{inbox_id}/handover    Empty → HandOver (visitor cookie; for widget.subscribe only, single use, 10 minutes, stored hashed)
// widget.subscribe      PUT    /api/widget/{inbox_id}/push        VisitorSubscription → Device   anyone with the token (404 once used or expired); no visitor cookie is needed or looked at
// widget.unsubscribe    DELETE /api/widget/{inbox_id}/push        → Empty (visitor cookie)
// widget.ticket         POST   /api/widget/{inbox_id}/ticket      Empty → Ticket
// live.ticket           POST   /api/live/ticket           Empty → Ticket      member
// devices.list          GET    /api/me/devices                    → {items: Device[]}
// devices.add           PUT    /api/me/devices            DeviceSubscription → Device
// devices.remove        DELETE /api/me/devices/{device_id}        → Empty
// wakes.read            GET    /api/wakes/{wake_id}               → Wake      (member cookie; the service worker calls it)
// widget.wake           GET    /api/widget/{inbox_id}/wakes/{wake_id} → Wake   (no cookie: the worker lives in another partition than the visitor's cookie, so the unguessable wake id (≥ 128 bits, a day) is the permission; therefore generic text only: title = inbox name, body = "You have a new answer", url = the page of the subscription or "", tag = inbox id)
// Pages and files for the widget: /widget.js (loader), /widget/{inbox_id} → frame.html (also with ?window=push; no COOP header on it), /widget/assets/*, /visitor-worker.js (service worker; registered with scope /widget/{inbox_id}).
// inboxes.snippet gives <script async src="https://HOST/widget.js" data-inbox="…" data-color="#rrggbb"></script>: the colour saves the loader a request.

// ---- the socket: GET /live (Origin must be the server's own), JSON text frames ≤ 64 KiB, no compression.
export type ClientFrame =
  | { t: "hello"; ticket: string }                                  // first frame, within 10 s, else close 4401
  | { t: "send"; id: string; conversation: string | null /* null: visitor's first message in the inbox of the ticket */; text: string; files?: string[]; note?: boolean; mentions?: string[] }
  | { t: "read"; conversation: string; seq: number }
  | { t: "typing"; conversation: string; on: boolean }              // repeat at most every 3 s while typing; expires after 6 s
  | { t: "resume"; feed: number }                                   // member: everything after feed number
  | { t: "resume"; conversation: string; seq: number };             // visitor: everything after seq
export type ServerFrame =
  | { t: "welcome"; feed: number | null; at: number; me: string }
  | { t: "ack"; id: string; conversation: string; seq: number; position?: number; at: number }
  | { t: "error"; id: string | null; code: string; detail: string; retry_after?: number } // id: the send it answers
  | { t: "message"; feed?: number; message: Message }
  | { t: "conversation"; feed: number; conversation: Conversation }  // members; read_seq and unread are the receiver's own
  | { t: "read"; feed?: number; conversation: string; reader: Author; seq: number }
  | { t: "typing"; conversation: string; author: Author; on: boolean }
  | { t: "presence"; member: string; presence: Presence }
  | { t: "changed"; feed?: number; what: "me" | "members" | "inboxes" } // refetch it
  | { t: "gap"; feed: number | null }                                // too far behind: refetch by HTTP, then continue from feed
  | { t: "resumed"; feed: number | null; seq: number | null };       // the replay asked for is complete
// close codes: 4400 malformed, 4401 ticket wrong or expired (fetch a new one), 4403 revoked (do not reconnect), 4408 too slow (reconnect, resume), 4429 flooding, 1009 too big, 1012 restarting (reconnect with jitter)
