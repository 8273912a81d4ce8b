// Made by `silkroad types` from the server's operations and frames. Do not edit.
// Times are Unix milliseconds, UTC; ids are opaque strings.

export type Language = "en" | "zh-CN" | "sq";

export type Role = "agent" | "admin";

export type Presence = "online" | "away" | "offline";

export type ConversationState = "open" | "snoozed" | "closed";

export type Filter = "mine" | "unassigned" | "all" | "waiting" | "closed";

export type RequestKind = "question" | "complaint" | "access" | "correction" | "erasure" | "guardian";

export type RequestState = "received" | "identity_asked" | "verified" | "answered" | "closed";

export type ConsentPurpose = "wake_up" | "microphone" | "camera" | "recording" | "statistics";

export type Basis = "contract" | "consent" | "legitimate_interest" | "legal_duty";

export type Detail = "name" | "email" | "phone";

export type ExceptionCode = "EX01" | "EX02" | "EX03" | "EX04" | "EX05" | "EX06" | "EX07" | "EX08" | "EX09" | "EX10" | "EX11";

export type ExceptionNeed = "statute" | "instrument" | "case_id" | "source" | "source_date" | "fields";

/** The language to read it in; without one, the language of the browser. */
export interface ConsentQuery {
  language?: string;
}

/** The question as it is shown: short, and complete. ``hash`` names this very text. */
export interface ConsentNotice {
  hash: string;
  language: Language;
  title: string;
  why: string;
  data: string;
  recipients: string;
  kept: string;
  withdrawal: string;
}

/** One purpose, and how the person stands to it. Only ``given`` is a yes. */
export interface ConsentItem {
  purpose: ConsentPurpose;
  state: "expired" | "given" | "refused" | "requested" | "unanswered" | "withdrawn";
  since: number | null;
  expires_at: number | null;
  recipients: string[];
  in_use: boolean;
  notice: ConsentNotice;
}

/** A privacy policy that somebody had before them when they came. */
export interface AcceptedNotice {
  hash: string;
  language: Language;
  at: number;
}

/** All purposes that rest on consent, and the policies that were accepted, the newest first. */
export interface ConsentList {
  items: ConsentItem[];
  accepted: AcceptedNotice[];
}

/** An answer to one purpose. ``requested``: the question is on the screen, unanswered yet. */
export interface ConsentAnswer {
  purpose: ConsentPurpose;
  answer: "given" | "refused" | "requested";
  notice_hash: string;
  language: Language;
  recipient?: string;
}

/** What is agreed to no more, whoever received something because of it. */
export interface Withdrawal {
  purpose: ConsentPurpose;
}

/** One entry of the ledger. It holds no word that a person wrote. */
export interface ConsentRecord {
  record_id: string;
  schema_version: string;
  event: "expired" | "given" | "refused" | "requested" | "superseded" | "withdrawn";
  at: number;
  subject_kind: "member" | "visitor";
  subject_id: string;
  purpose: "camera" | "conversation" | "microphone" | "recording" | "statistics" | "wake_up";
  data: string[];
  controller: string;
  recipient: string;
  notice_hash: string;
  language: Language;
  retention: string;
  retention_days: number | null;
  jurisdiction: string;
  method: "clock" | "console" | "guardian" | "policy" | "push_window" | "widget";
  withdrawal: string;
  expires_at: number | null;
  relationship: string;
  evidence: string;
}

/** A text that records name by its hash, as it was read: a paragraph in each line. */
export interface ReceiptText {
  hash: string;
  language: Language;
  text: string;
}

/** What a person keeps of their answers: the records, and the same in their own language. */
export interface Receipt {
  schema_version: string;
  issued_at: number;
  language: Language;
  records: ConsentRecord[];
  texts: ReceiptText[];
  text: string;
}

/** Nothing to say. */
export type Empty = Record<string, never>;

/** Leave to use a device until ``ends_at``, unless the consent is taken back before. */
export interface MediaGrant {
  id: string;
  device: "camera" | "microphone";
  granted_at: number;
  ends_at: number;
}

/** The newest grants, ended ones as well. */
export interface MediaGrants {
  items: MediaGrant[];
}

/** Whether this installation still has to be set up, and what may be chosen. */
export interface SetupState {
  needed: boolean;
  demo: boolean;
  sms: "configured" | "demo" | "not_configured";
  regions: string[];
  languages: Language[];
}

/** What somebody writes. ``reach``: an e-mail address or a phone, if they give one. */
export interface NewRequest {
  notice_hash: string;
  language: Language;
  kind: RequestKind;
  text: string;
  reach?: string | null;
  voucher?: string | null;
}

/** A request was taken; its link is shown this once. */
export interface RequestSent {
  reference: string;
  url: string;
  due_at: number;
}

/** What stands behind the # of the secret link. */
export interface RequestToken {
  token: string;
}

/** One message of a request; ``member_id`` is of the one who answered, for colleagues only. */
export interface RequestMessage {
  author: "person" | "team";
  text: string;
  at: number;
  member_id: string | null;
}

/** A request as whoever has its link sees it. ``asked``: how they are to show who they are. */
export interface PersonsRequest {
  reference: string;
  to: string;
  kind: RequestKind;
  state: RequestState;
  asked: "code" | "consent" | "proof" | null;
  proof_given: boolean;
  verified: boolean;
  guardian: "asked" | "claimed" | "given" | "old_enough" | "revoked" | null;
  of_age: boolean;
  rights: ("copy" | "erase" | "take_back")[];
  erasure_at: number | null;
  erased_at: number | null;
  outcome: "done" | "not_verified" | "withdrawn" | null;
  received_at: number;
  due_at: number;
  messages: RequestMessage[];
}

/** Something more from whoever has the link; from a guardian after reading the notice. */
export interface RequestReply {
  token: string;
  text: string;
  notice_hash?: string;
}

/** The code, or the sentence that was asked for, which is stored only if they ``agreed``. */
export interface RequestProof {
  token: string;
  proof: string;
  agreed?: boolean;
  notice_hash?: string;
}

/** A guardian's written consent, by the request that asks them for it. */
export interface RequestConsent {
  token: string;
  name: string;
  relationship: "guardian" | "parent";
  evidence: string;
  language?: Language | null;
  notice_hash?: string;
}

/** A copy of what is held, with its page in this language. */
export interface CopyWish {
  token: string;
  language: Language;
}

/** All that is held is to be erased, for good; ``sure`` is asked for once more. */
export interface RequestErasure {
  token: string;
  sure?: boolean;
}

/** Whether to show what is closed instead. */
export interface RequestQuery {
  closed?: boolean;
}

/** A request in the team's list, without a word of what it says. */
export interface RequestSummary {
  id: string;
  reference: string;
  kind: RequestKind;
  state: RequestState;
  verified_by: "code" | "consent" | "proof" | "session" | null;
  proof_given: boolean;
  received_at: number;
  due_at: number;
  warned: boolean;
  breached: boolean;
  closed_at: number | null;
}

/** The requests that wait first, or the closed ones, the newest first. */
export interface RequestList {
  items: RequestSummary[];
}

/** A request that was opened. ``needs_identity``: it may not be answered yet. */
export interface RequestDetail {
  request: RequestSummary;
  language: Language;
  asked: "code" | "consent" | "proof" | null;
  needs_identity: boolean;
  masked: boolean;
  guardian: "asked" | "claimed" | "given" | "old_enough" | "revoked" | null;
  may_bind: boolean;
  rights: ("copy" | "erase" | "take_back")[];
  erasure_at: number | null;
  erased_at: number | null;
  reach: string | null;
  visitor_id: string | null;
  outcome: "done" | "not_verified" | "withdrawn" | null;
  messages: RequestMessage[];
}

/** A guardian's written consent: who they are to the child, and by what that can be seen. */
export interface GuardianConsent {
  name: string;
  relationship: "guardian" | "parent";
  evidence: string;
}

/** What somebody shows who they are with: a sentence of their own, or a guardian's consent. */
export interface RequestUnmasked {
  proof: string | null;
  consent: GuardianConsent | null;
}

/** How somebody is to show who they are. */
export interface IdentityQuestion {
  check: "code" | "proof";
}

/** What was asked for; the code is shown this once, to be sent to where the data says. */
export interface IdentityAsked {
  detail: RequestDetail;
  code: string | null;
}

/** Whether a proof is good enough. */
export interface IdentityDecision {
  accepted: boolean;
}

/** The team's answer. */
export interface RequestAnswer {
  text: string;
}

/** What became of it in the end. */
export interface RequestClosing {
  outcome: "done" | "not_verified" | "withdrawn";
}

/** Whose data a request is about, where no chat of theirs tells it. */
export interface RequestSubject {
  visitor_id: string;
  sure?: boolean;
}

/** A copy for whoever was verified, with its page in the request's language. */
export interface TeamCopy {
  language: Language;
}

/** Whoever was verified is to be erased, for good; ``sure`` is asked for once more. */
export interface TeamErasure {
  sure?: boolean;
}

/** Whether the widget asks visitors for their birth date. */
export interface AgeGate {
  asks: boolean;
}

/** The language in which the notices are to be read. */
export interface Reader {
  language?: Language;
}

/** One thing that somebody outside gets, by name. Clause 2.0: what is not named does not go. */
export type Field = "push_address" | "wake_id" | "wake_time" | "operator_contact" | "server_address" | "root_key" | "stored_rows" | "stored_keys" | "stored_files" | "node_hints";

/** One thing that a third party gets, in words. */
export interface Given {
  field: Field;
  told: string;
  needed: boolean;
  covered: boolean;
}

/** One decision, in force until ``ended_at``. Regions as in ``kit.regions``; times in ms. */
export interface Transfer {
  id: string;
  processor: string;
  origin: string;
  destination: string;
  basis: "adequacy" | "binding_rules" | "certification" | "exemption" | "security_assessment" | "standard_clauses" | "standard_contract" | "unrestricted";
  assessment: string;
  decided_at: number;
  ended_at: number | null;
}

/** A third party as an administrator sees it: the hand-over notice, and where one stands. */
export interface ThirdParty {
  name: string;
  kind: "kept" | "own" | "third_party";
  product: string;
  company: string;
  purpose: string;
  scenario: string;
  data: Given[];
  method: string;
  place: string;
  policy_url: string;
  terms: string;
  notice_hash: string;
  abroad: boolean;
  state: "changed" | "ended" | "expired" | "locked" | "off" | "on" | "unrecorded";
  since: number | null;
  contract: string | null;
  contract_until: number | null;
  ended_at: number | null;
  transfer: Transfer | null;
}

/** All that a company decides about. */
export interface ThirdParties {
  items: ThirdParty[];
  region: string;
  bases: ("adequacy" | "binding_rules" | "certification" | "exemption" | "security_assessment" | "standard_clauses" | "standard_contract" | "unrestricted")[];
}

/** On what ground a company switches a third party on: what it was shown, and the contract. */
export interface Enabling {
  notice_hash: string;
  language: Language;
  contract: string;
  contract_until?: number | null;
  fields?: Field[] | null;
}

/** The same of one among several, by its name. */
export interface EnablingOne {
  notice_hash: string;
  language: Language;
  contract: string;
  contract_until?: number | null;
  fields?: Field[] | null;
  processor: string;
}

/** Several that are switched on together, each with its own notice and its own contract. */
export interface EnablingSeveral {
  parties: EnablingOne[];
}

/** To whom data may go, on what ground, and which paper stands behind it. */
export interface TransferDraft {
  processor: string;
  basis: "adequacy" | "binding_rules" | "certification" | "exemption" | "security_assessment" | "standard_clauses" | "standard_contract" | "unrestricted";
  assessment: string;
}

/** The language to read it in (without one, that of the browser), and who needs it in short. */
export interface PolicyQuery {
  language?: string;
  reader?: "founder" | "invitee";
}

/** A small heading of a short notice, and what is said below it. */
export interface Line {
  name: string;
  text: string;
}

/** The policy as it is now: its hash in this language, its address, and what it is in short. */
export interface PolicyVersion {
  hash: string;
  language: Language;
  url: string;
  short: Line[];
}

/** A certificate in the operator's register. */
export interface Certificate {
  id: string;
  name: string;
  issuer: string;
  reference: string;
  valid_until: number;
}

/** The register, what ends first at the top; also what has run out. */
export interface CertificateList {
  items: Certificate[];
}

/** What was certified, by whom, under which number, and until when (ms). */
export interface CertificateDraft {
  name: string;
  issuer: string;
  reference: string;
  valid_until: number;
}

/** The language to read it in; without one, the language of the browser. */
export interface CampaignQuery {
  language?: string;
}

/** What changed, in a reader's words. The addresses lead to the policy before and after. */
export interface CampaignText {
  id: string;
  weight: "major" | "minor";
  opened_at: number;
  language: Language;
  lines: string[];
  before_url: string | null;
  after_url: string;
}

/** A campaign that somebody has not read yet. */
export interface CampaignForMe {
  text: CampaignText;
  asked: ConsentPurpose[];
}

/** What somebody is to be told, the gravest first, then the oldest. */
export interface MyCampaigns {
  items: CampaignForMe[];
}

/** ``told``: it is on somebody's screen. ``read``: they said that they have read it. */
export interface CampaignMark {
  state: "read" | "told";
}

/** A campaign as the team's administrators see it: of so many people, how many. */
export interface CampaignReach {
  text: CampaignText;
  people: number;
  told: number;
  read: number;
  woken: number;
  chose: number | null;
}

/** Every campaign of the company, the newest first. */
export interface CampaignReaches {
  items: CampaignReach[];
}

/** What the browser passes to the device, and the challenge to answer with. */
export interface PasskeyOptions {
  challenge_id: string;
  options: unknown;
}

/** One browser that somebody is signed in on. */
export interface SessionInfo {
  id: string;
  current: boolean;
  created_at: number;
  seen_at: number;
  agent: string;
  kind: "console" | "operator";
}

/** All browsers that the caller is signed in on, the one used last first. */
export interface SessionList {
  items: SessionInfo[];
}

/** A new authenticator secret, shown this once: base32, and as an otpauth:// address. */
export interface TotpSecret {
  secret: string;
  uri: string;
}

/** A passkey as its owner sees it. */
export interface Passkey {
  id: string;
  name: string;
  created_at: number;
}

/** All passkeys of the caller. */
export interface PasskeyList {
  items: Passkey[];
}

/** What the device answered; a new passkey has a name. */
export interface PasskeyAnswer {
  challenge_id: string;
  credential: unknown;
  name?: string | null;
}

/** Who answers for this installation, and how they are reached. Clause 9a. */
export interface Controller {
  name: string;
  contact_email: string;
  contact_phone: string | null;
  address: string | null;
}

/** Who answers for the installation, and its first company and administrator. */
export interface SetupRequest {
  token: string;
  controller: Controller;
  company_name: string;
  region: string;
  administrator_name: string;
  administrator_phone: string;
  language: Language;
}

/** One's own account: the phone and the ways to sign in. */
export interface MyAccount {
  id: string;
  phone: string;
  has_password: boolean;
  has_totp: boolean;
  passkeys: number;
}

/** A colleague. Only administrators see the phone. */
export interface Member {
  id: string;
  name: string;
  role: Role;
  presence: Presence;
  joined_at: number;
  inbox_ids: string[];
  phone: string | null;
}

/** One company's own place. The region that it was founded with never changes. */
export interface Workspace {
  id: string;
  name: string;
  region: string;
  push: boolean;
}

/** A workspace that one belongs to, and as what. */
export interface MyWorkspace {
  id: string;
  name: string;
  role: Role;
}

/** Who one is, where, and what else one may be. */
export interface Me {
  account: MyAccount;
  member: Member;
  workspace: Workspace;
  workspaces: MyWorkspace[];
  language: Language;
  vapid_public_key: string | null;
  fresh_until: number;
}

/** What stands behind the # of the operator's link. */
export interface OperatorToken {
  token: string;
}

/** A workspace from outside. */
export interface WorkspaceSummary {
  id: string;
  name: string;
  region: string;
  created_at: number;
  members: number;
}

/** The installation as its operator sees it. */
export interface Installation {
  controller: Controller;
  sms: "configured" | "demo" | "not_configured";
  version: string;
  workspaces: WorkspaceSummary[];
}

/** Who answers for the installation from now on. */
export interface ControllerChange {
  controller: Controller;
  policy_hash?: string | null;
}

/** On which ground somebody brings data in, and which text they confirmed by its hash. */
export interface Attestation {
  basis: Basis;
  notice_hash: string;
}

/** A company and the person who will run its workspace. */
export interface AdministratorRequest {
  company_name: string;
  region: string;
  name: string;
  phone: string;
  attestation?: Attestation | null;
}

/** The link to pass on to them, shown this once. */
export interface AdministratorLink {
  url: string;
  expires_at: number;
}

/** A code, please, to this phone; for whoever is new, after reading the policy of this hash. */
export interface CodeRequest {
  phone: string;
  purpose: "accept_invitation" | "sign_in" | "sign_up";
  notice_hash?: string;
}

/** The answer to everybody, known or not. */
export interface CodeSent {
  challenge_id: string;
  expires_at: number;
  resend_at: number;
}

/** A company and its first administrator, whose phone the code proves. */
export interface SignUp {
  challenge_id: string;
  code: string;
  company_name: string;
  name: string;
  region: string;
  language: Language;
  notice_hash: string;
}

/** A code that came to one's phone. */
export interface SignInByCode {
  challenge_id: string;
  code: string;
}

/** A phone, its password, and the authenticator's code where one is in force. */
export interface SignInByPassword {
  phone: string;
  password: string;
  totp?: string | null;
}

/** Another name or language; what is absent stays. */
export interface MeChange {
  name?: string | null;
  language?: Language | null;
}

/** Here, or away. */
export interface PresenceChange {
  presence: "away" | "online";
}

/** The workspace to go to. */
export interface WorkspaceChoice {
  workspace_id: string;
}

/** The password to sign in with from now on. */
export interface NewPassword {
  password: string;
}

/** What the authenticator shows now. */
export interface TotpCode {
  code: string;
}

/** The team, the first to join first. */
export interface MemberList {
  items: Member[];
}

/** Another role or other inboxes; what is absent stays. */
export interface MemberChange {
  role?: Role | null;
  inbox_ids?: string[] | null;
}

/** An invitation as administrators see it. */
export interface Invitation {
  id: string;
  role: Role;
  name: string;
  phone: string;
  inbox_ids: string[];
  state: "accepted" | "declined" | "expired" | "open" | "withdrawn";
  created_at: number;
  expires_at: number;
  basis: Basis | null;
  notice_hash: string | null;
}

/** The workspace's invitations, the newest first. */
export interface InvitationList {
  items: Invitation[];
}

/** Whom to invite, as what, and on which ground their name and number are entered. */
export interface InvitationDraft {
  name: string;
  phone: string;
  role: Role;
  inbox_ids: string[];
  attestation?: Attestation | null;
}

/** An invitation and its link, which is shown this once. */
export interface InvitationCreated {
  invitation: Invitation;
  url: string;
  sms: "not_configured" | "sent";
}

/** One of several who are invited. */
export interface Invitee {
  name: string;
  phone: string;
}

/** Several people, what they are invited as, and on which ground they are entered. */
export interface InvitationImport {
  people: Invitee[];
  role: Role;
  inbox_ids: string[];
  attestation?: Attestation | null;
}

/** The invitations with their links, in the order of the people. */
export interface InvitationsCreated {
  items: InvitationCreated[];
}

/** What stands behind the # of the link. */
export interface InvitationToken {
  token: string;
}

/** What a link invites to; of the phone only the end is shown. */
export interface InvitationPreview {
  workspace_name: string;
  role: Role;
  phone_hint: string;
  expires_at: number;
  code_needed: boolean;
}

/** Yes, after reading the policy of this hash; with a code where the phone can get one. */
export interface InvitationAcceptance {
  token: string;
  name: string;
  phone: string;
  language: Language;
  notice_hash: string;
  challenge_id?: string | null;
  code?: string | null;
}

/** Open from … to …, in the inbox's own time zone. */
export interface Span {
  opens: string;
  closes: string;
}

/** Seven days, Monday first, each with as many spans as the office has shifts. */
export interface OfficeHours {
  timezone: string;
  days: Span[][];
}

/** That a source may deliver these details, since when. */
export interface Grant {
  details: Detail[];
  granted_at: number;
}

/** An inbox as its administrators and agents see it. */
export interface Inbox {
  id: string;
  name: string;
  color: string;
  greeting: { [key in Language]?: string };
  languages: Language[];
  allowed_origins: string[];
  office_hours: OfficeHours | null;
  member_ids: string[];
  identity_enabled: boolean;
  identity_grant: Grant | null;
  created_at: number;
  archived_at: number | null;
}

/** All inboxes that the caller works in. */
export interface InboxList {
  items: Inbox[];
}

/** What an administrator decides about an inbox. */
export interface InboxDraft {
  name: string;
  color: string;
  greeting: { [key in Language]?: string };
  languages: Language[];
  allowed_origins: string[];
  office_hours: OfficeHours | null;
  member_ids: string[];
}

/** Any part of a draft; what is absent stays. */
export interface InboxChange {
  name?: string;
  color?: string;
  greeting?: { [key in Language]?: string };
  languages?: Language[];
  allowed_origins?: string[];
  office_hours?: OfficeHours | null;
  member_ids?: string[];
}

/** The line to paste into the website. */
export interface Snippet {
  html: string;
}

/** Which details the company's site may send of its customers, beside its own id of them. */
export interface IdentityDetails {
  details?: Detail[];
}

/** Shown once. */
export interface IdentitySecret {
  secret: string;
}

/** Which conversations: a filter, perhaps one inbox, and where the last page ended. */
export interface ConversationQuery {
  filter?: Filter;
  inbox_id?: string;
  cursor?: string;
  limit?: number;
}

/** A visitor as agents see them. ``verified``: the company's site vouched for these details. */
export interface Visitor {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  verified: boolean;
  language: Language;
  created_at: number;
}

/** Who wrote. A visitor's name stands in the conversation, not in each message. */
export interface Author {
  kind: "member" | "system" | "visitor";
  id: string;
  name: string | null;
}

/** The last public message, cut short. */
export interface Preview {
  text: string;
  author: Author;
  at: number;
  has_files: boolean;
}

/** A conversation as one member sees it; ``read_seq`` and ``unread`` are that member's own. */
export interface Conversation {
  id: string;
  inbox_id: string;
  visitor: Visitor;
  state: ConversationState;
  snoozed_until: number | null;
  assignee_id: string | null;
  waiting_since: number | null;
  last_seq: number;
  visitor_read_seq: number;
  read_seq: number;
  unread: number;
  preview: Preview | null;
  created_at: number;
  updated_at: number;
}

/** Some conversations, newest first; ``next`` asks for the following page. */
export interface ConversationPage {
  items: Conversation[];
  next: string | null;
}

/** How many conversations each filter holds, and how many have something unread for me. */
export interface Counts {
  mine: number;
  unassigned: number;
  all: number;
  waiting: number;
  closed: number;
  unread: number;
}

/** Which messages: those before or after a public sequence number, or the newest. */
export interface MessageQuery {
  before?: number;
  after?: number;
  limit?: number;
}

/** A stored file; ``width`` and ``height`` are in pixels, for pictures. */
export interface FileInfo {
  id: string;
  name: string;
  media_type: string;
  bytes: number;
  width: number | null;
  height: number | null;
}

/** What happened to the conversation, told among its messages. */
export interface MessageEvent {
  name: "assigned" | "closed" | "reopened" | "snoozed" | "woken";
  member_id: string | null;
  until: number | null;
}

/** One message. ``seq`` is gapless within the conversation and the lane. */
export interface Message {
  conversation_id: string;
  lane: "internal" | "public";
  seq: number;
  position?: number;
  client_id: string | null;
  author: Author;
  kind: "event" | "note" | "text";
  text: string;
  files: FileInfo[];
  mentions: string[];
  event?: MessageEvent;
  at: number;
}

/** Messages in order; ``more`` says whether older (or newer) ones exist. */
export interface MessagePage {
  items: Message[];
  more: boolean;
}

/** A message to send. ``client_id`` makes it happen once, however often it is sent. */
export interface NewMessage {
  client_id: string;
  text: string;
  file_ids?: string[];
  note?: boolean;
  mentions?: string[];
}

/** Read up to here. */
export interface ReadMark {
  seq: number;
}

/** Who takes the conversation (nobody: null), and a note for them. */
export interface Assignment {
  member_id: string | null;
  note?: string | null;
  client_id?: string | null;
}

/** Close, reopen, or snooze ``until`` a time in ms. */
export interface StateChange {
  state: ConversationState;
  until?: number | null;
}

/** A one-time key to the socket, good until ``expires_at``. */
export interface Ticket {
  ticket: string;
  expires_at: number;
}

/** A link that was made; the link itself is known only to whoever made it. Times in ms. */
export interface Publication {
  id: string;
  state: "ended" | "expired" | "open";
  made_at: number;
  expires_at: number;
  ended_at: number | null;
}

/** A link as the company sees it: whose conversation, and until when. */
export interface CompanyPublication {
  publication: Publication;
  conversation_id: string;
}

/** The company's rule, and the newest links. */
export interface CompanyPublications {
  allowed: boolean;
  items: CompanyPublication[];
}

/** Whether visitors may publish their own conversations. */
export interface PublicationRule {
  allowed: boolean;
}

/** The language to read it in; without one, the language of the browser. */
export interface PublicationQuery {
  language?: string;
}

/** What somebody reads before they publish: short, and complete. ``hash`` names this text. */
export interface PublicationNotice {
  hash: string;
  language: Language;
  why: string;
  what: string;
  delicate: string;
  who: string;
  end: string;
}

/** Whether the company allows it, what is told before, and the caller's newest links. */
export interface MyPublications {
  allowed: boolean;
  notice: PublicationNotice;
  items: Publication[];
}

/** Somebody pressed yes, which text they had before them, and for how many days. */
export interface Publishing {
  notice_hash: string;
  language: Language;
  days: "1" | "7" | "30";
}

/** The link, said once. */
export interface Published {
  url: string;
  publication: Publication;
}

/** A browser that is woken. ``current``: the one that asks. */
export interface Device {
  id: string;
  agent: string;
  created_at: number;
  current: boolean;
}

/** All devices of the caller, the newest first. */
export interface DeviceList {
  items: Device[];
}

/** The browser's public key and secret, in base64url. */
export interface SubscriptionKeys {
  p256dh: string;
  auth: string;
}

/** Somebody pressed yes, and which question they were shown, in which language. */
export interface Agreed {
  notice_hash: string;
  language: Language;
}

/** The same from a member, with their yes to being woken, unless they gave it before. */
export interface NewDevice {
  endpoint: string;
  keys: SubscriptionKeys;
  expirationTime?: number | null;
  consent?: Agreed | null;
}

/** What a notification says, and where a click on it leads. */
export interface Wake {
  title: string;
  body: string;
  url: string;
  tag: string;
  language: Language;
}

/** What tells the push window whose it is: once, until ``expires_at``. */
export interface HandOver {
  token: string;
  expires_at: number;
}

/** What ``PushSubscription.toJSON()`` gives. When it ends, the push service says so itself. */
export interface DeviceSubscription {
  endpoint: string;
  keys: SubscriptionKeys;
  expirationTime?: number | null;
}

/** The same from a visitor's push window; ``page`` is where the notification leads back to. */
export interface VisitorSubscription {
  token: string;
  subscription: DeviceSubscription;
  page: string | null;
  consent?: Agreed | null;
}

/** A month that is over. ``k``, ``people`` and ``left_out`` say what was given out of it. */
export interface ResearchMonth {
  month: string;
  k: number | null;
  people: number | null;
  left_out: number | null;
  destroyed: boolean;
}

/** What an extract tells, by ``columns``; how many people stand behind each line of the next */
export interface Research {
  columns: string[];
  k: number;
  floor: number;
  ceiling: number;
  months: ResearchMonth[];
}

/** How many people at least stand behind each line of what is given out from now on. */
export interface ResearchSetting {
  k: number;
}

/** Which month, and as what. */
export interface ExtractWish {
  month: string;
  form: "csv" | "json";
}

/** So many people have this value. */
export interface Figure {
  value: string;
  people: number;
}

/** A month's extract, one column after the other. */
export interface Figures {
  month: string;
  k: number;
  people: number;
  left_out: number;
  columns: { [key in string]?: Figure[] };
}

/** In which language. */
export interface AttestationQuery {
  language?: Language;
}

/** What whoever brings data in has to confirm; ``hash`` names this very text. */
export interface AttestationText {
  hash: string;
  language: Language;
  text: string;
}

/** Who brought what in, when, how many, on which ground, and which text they confirmed. */
export interface Import {
  id: string;
  what: "invitations";
  count: number;
  basis: Basis;
  notice_hash: string;
  imported_by: string;
  at: number;
}

/** The newest imports. */
export interface ImportList {
  items: Import[];
}

/** A grant as it is kept, also when it is over: which source, what, by whom, from when to when. */
export interface GrantRecord {
  id: string;
  source_id: string;
  details: Detail[];
  granted_by: string;
  granted_at: number;
  ended_by: string | null;
  ended_at: number | null;
}

/** The newest grants. */
export interface GrantList {
  items: GrantRecord[];
}

/** Why: the reason in words, and what each kind needs besides. Kept sealed. */
export interface Grounds {
  reason: string;
  statute?: string | null;
  instrument?: string | null;
  case_id?: string | null;
  source?: string | null;
  source_date?: string | null;
  fields?: string[];
}

/** Why personal data may be touched: a closed list, without advertising or recommendation. */
export type Purpose = "registration" | "authentication" | "conversation" | "wake_up" | "teamwork" | "security" | "accountability" | "operation" | "rights" | "microphone" | "camera" | "recording" | "statistics" | "research" | "improvement";

/** What kind of data it is, in the policy's terms. */
export type DataClass = "ACC" | "PRO" | "CON" | "ORG" | "IDN" | "MIN" | "MSG" | "FIL" | "REC" | "DEV" | "NET" | "OPS" | "CNS" | "AUD" | "-";

/** An exception as administrators see it. ``approved_by`` are members, in their order. */
export interface ExceptionRecord {
  id: string;
  code: ExceptionCode;
  clause: string;
  state: "active" | "ended" | "expired" | "proposed";
  grounds: Grounds;
  purpose: Purpose;
  data: DataClass[];
  everybody: boolean;
  subjects: string[];
  barred: boolean;
  proposed_by: string;
  proposed_at: number;
  approved_by: string[];
  approvals_needed: number;
  started_at: number | null;
  expires_at: number;
  ended_by: string | null;
  ended_at: number | null;
  uses: number;
}

/** One of the eleven as the form needs it; ``longest`` in ms, ``pipl`` and ``gdpr`` articles. */
export interface ExceptionKind {
  code: ExceptionCode;
  clause: string;
  needs: ExceptionNeed[];
  longest: number;
  data: DataClass[];
  approvals: number;
  named: boolean;
  refusable: boolean;
  tells: boolean;
  despite_no: boolean;
  only: Purpose | null;
  off: "" | "press_only";
  pipl: string;
  gdpr: string;
}

/** The register, the newest first; and what the form offers: kinds, purposes, EX07's fields. */
export interface ExceptionList {
  items: ExceptionRecord[];
  kinds: ExceptionKind[];
  purposes: Purpose[];
  contract_fields: { [key in string]?: DataClass };
}

/** What is asked for: which of the eleven, why, for what, whose data of which kind, until when. */
export interface ExceptionDraft {
  code: ExceptionCode;
  grounds: Grounds;
  purpose: Purpose;
  data: DataClass[];
  expires_at: number;
  everybody?: boolean;
  subjects?: string[];
  barred?: boolean;
}

/** Where to go on: uses with numbers below this one. */
export interface ReportQuery {
  before?: number;
}

/** Once, somebody's data was touched under an exception. ``asked`` names what asked. */
export interface ExceptionUse {
  number: number;
  at: number;
  exception_id: string;
  code: ExceptionCode;
  clause: string;
  purpose: Purpose;
  data: DataClass;
  field: string;
  subject_id: string;
  asked: string;
  actor_kind: string;
  actor_id: string;
  consent_id: string;
  said_no: boolean;
}

/** Uses, the newest first; ``before`` asks for the older ones, None when there are none. */
export interface ExceptionReport {
  items: ExceptionUse[];
  before: number | null;
}

/** A copy for an authority, with its pages in this language. */
export interface AuthorityCopy {
  language: Language;
}

/** What a person is told afterwards: under which exception, why, and how often. */
export interface ExceptionNotice {
  code: ExceptionCode;
  clause: string;
  reason: string;
  purpose: Purpose;
  data: DataClass[];
  started_at: number;
  ended_at: number;
  uses: number;
  told_at: number;
}

/** What somebody was told afterwards, and to which kinds they have said no. */
export interface ExceptionsAboutMe {
  notices: ExceptionNotice[];
  refused: ExceptionCode[];
}

/** Somebody says no to a kind that depends on them, or takes the no back. */
export interface ExceptionRefusal {
  code: ExceptionCode;
  refused: boolean;
}

/** An assessment as it was written down; times in ms. It is deleted at ``kept_until``. */
export interface Assessment {
  id: string;
  feature: string;
  purpose: Purpose;
  harm: string;
  measures: string;
  likelihood_before: number;
  severity_before: number;
  risk_before: "high" | "low" | "medium";
  likelihood_after: number;
  severity_after: number;
  risk_after: "high" | "low" | "medium";
  assessed_by: string;
  assessed_at: number;
  kept_until: number;
}

/** Something that can be assessed. ``product`` is a third party's; ours has words of its own. */
export interface Feature {
  name: string;
  product: string;
  locked: boolean;
  risk: "high" | "low" | "medium" | null;
  assessed_at: number | null;
}

/** The newest assessments, and everything that can be assessed. */
export interface AssessmentList {
  items: Assessment[];
  features: Feature[];
  purposes: Purpose[];
}

/** What was weighed: which feature for which purpose, what could happen to people, what is done. */
export interface AssessmentDraft {
  feature: string;
  purpose: Purpose;
  harm: string;
  measures: string;
  likelihood_before: number;
  severity_before: number;
  likelihood_after: number;
  severity_after: number;
}

/** The language that the page asks for, if it does. */
export interface WidgetQuery {
  language?: string;
}

/** The public face of an inbox; the greeting is in the visitor's language. */
export interface WidgetInbox {
  id: string;
  name: string;
  color: string;
  greeting: string;
  languages: Language[];
}

/** The notice in one language; ``hash`` names it and all that it was made from. */
export interface Notice {
  hash: string;
  language: Language;
  lines: Line[];
  policy_url: string;
  accept: string;
}

/** Sizes that the frame refuses by itself: characters, bytes, files per message. */
export interface Limits {
  text: number;
  file_bytes: number;
  files: number;
}

/** A visitor and the one conversation that they have in an inbox, if it began. */
export interface VisitorState {
  visitor: Visitor;
  conversation_id: string | null;
  last_seq: number;
  read_seq: number;
  unread: number;
  agent_read_seq: number;
  push: boolean;
}

/** All that the frame needs before the first word. */
export interface WidgetConfig {
  inbox: WidgetInbox;
  language: Language;
  open: boolean;
  opens_at: number | null;
  notice: Notice;
  contact_url: string;
  ask_birth_date: boolean;
  held: "birth_date_required" | "guardian_required" | null;
  push_key: string | null;
  limits: Limits;
  visitor: VisitorState | null;
}

/** What the company's site says of its signed-in customer, vouched for by ``hmac`` (hex). */
export interface Identity {
  id: string;
  hmac: string;
  name?: string | null;
  email?: string | null;
  phone?: string | null;
}

/** The visitor acts for the first time: which notice was shown, and in which language. */
export interface VisitorStart {
  notice_hash: string;
  language: Language;
  identity?: Identity | null;
  birth_date?: string | null;
}

/** A child asks for their guardian's consent. */
export interface GuardianQuestion {
  notice_hash: string;
  language: Language;
  birth_date: string;
}

/** The guardian's door, for the child to pass on; shown this once. */
export interface GuardianLink {
  url: string;
}

/** The visitor reads another language now. */
export interface LanguageChange {
  language: Language;
}

/** A visitor's message; ``client_id`` makes it happen once. */
export interface VisitorMessage {
  client_id: string;
  text: string;
  file_ids?: string[];
}

/** What is wrong with one field of the request. */
export interface ProblemField {
  path: string;
  code: string;
  detail: string;
}

/** Every error, in the form of application/problem+json; ``retry_after`` is in seconds. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  fields?: ProblemField[];
  retry_after?: number;
}

/** The first frame: a one-time ticket. */
export interface Hello {
  t: "hello";
  ticket: string;
}

/** Send a message; ``conversation`` is null for a visitor, who has one. */
export interface SendFrame {
  t: "send";
  id: string;
  conversation: string | null;
  text: string;
  files?: string[];
  note?: boolean;
  mentions?: string[];
}

/** I have read up to ``seq``. */
export interface ReadFrame {
  t: "read";
  conversation: string;
  seq: number;
}

/** I am writing, or no longer. */
export interface TypingFrame {
  t: "typing";
  conversation: string;
  on: boolean;
}

/** What did I miss: after ``feed`` for a member, after ``seq`` for a visitor. */
export interface ResumeFrame {
  t: "resume";
  feed?: number | null;
  conversation?: string | null;
  seq?: number;
}

/** The socket is open; ``feed`` is the workspace's newest number, for members. */
export interface Welcome {
  t: "welcome";
  feed: number | null;
  at: number;
  me: string;
}

/** A refusal; ``id`` is the client id of the send that it answers, if any. */
export interface ErrorFrame {
  t: "error";
  id: string | null;
  code: string;
  detail: string;
  retry_after?: number;
}

/** Something that a console or a visitor's chat shows has changed: fetch it again. */
export interface ChangedFrame {
  t: "changed";
  what: "assessments" | "campaigns" | "consents" | "conversations" | "exceptions" | "inboxes" | "me" | "members" | "requests";
  feed?: number;
}

/** A member came, went, or stepped away. */
export interface PresenceFrame {
  t: "presence";
  member: string;
  presence: Presence;
}

/** The message is on disk, there. */
export interface AckFrame {
  t: "ack";
  id: string;
  conversation: string;
  seq: number;
  at: number;
  position?: number;
}

/** A message; ``feed`` for members only. */
export interface MessageFrame {
  t: "message";
  message: Message;
  feed?: number;
}

/** A conversation as the receiving member sees it. */
export interface ConversationFrame {
  t: "conversation";
  feed: number;
  conversation: Conversation;
}

/** Somebody has read up to ``seq``. */
export interface ReadByFrame {
  t: "read";
  conversation: string;
  reader: Author;
  seq: number;
  feed?: number;
}

/** Somebody is writing, or no longer. */
export interface TypingByFrame {
  t: "typing";
  conversation: string;
  author: Author;
  on: boolean;
}

/** Too much was missed: fetch it by HTTP, then go on from ``feed``. */
export interface GapFrame {
  t: "gap";
  feed: number | null;
}

/** All that was missed has been told. */
export interface ResumedFrame {
  t: "resumed";
  feed: number | null;
  seq: number | null;
}

export type ClientFrame = Hello | SendFrame | ReadFrame | TypingFrame | ResumeFrame;

export type ServerFrame = Welcome | ErrorFrame | ChangedFrame | PresenceFrame | AckFrame | MessageFrame | ConversationFrame | ReadByFrame | TypingByFrame | GapFrame | ResumedFrame;

/** Every HTTP operation of the server. */
export interface Operations {
  "consents.list": { method: "GET"; path: "/api/me/consents"; query: ConsentQuery; body: null; result: ConsentList };
  "consents.answer": { method: "PUT"; path: "/api/me/consents"; query: null; body: ConsentAnswer; result: ConsentList };
  "consents.withdraw": { method: "POST"; path: "/api/me/consents/withdrawal"; query: null; body: Withdrawal; result: ConsentList };
  "consents.receipt": { method: "GET"; path: "/api/me/consents/receipt"; query: ConsentQuery; body: null; result: Receipt };
  "media.microphone": { method: "POST"; path: "/api/me/media/microphone"; query: null; body: Empty; result: MediaGrant };
  "media.camera": { method: "POST"; path: "/api/me/media/camera"; query: null; body: Empty; result: MediaGrant };
  "media.list": { method: "GET"; path: "/api/me/media"; query: null; body: null; result: MediaGrants };
  "widget.consents": { method: "GET"; path: "/api/widget/{inbox_id}/consents"; query: ConsentQuery; body: null; result: ConsentList };
  "widget.consents_answer": { method: "PUT"; path: "/api/widget/{inbox_id}/consents"; query: null; body: ConsentAnswer; result: ConsentList };
  "widget.consents_withdraw": { method: "POST"; path: "/api/widget/{inbox_id}/consents/withdrawal"; query: null; body: Withdrawal; result: ConsentList };
  "widget.consents_receipt": { method: "GET"; path: "/api/widget/{inbox_id}/consents/receipt"; query: ConsentQuery; body: null; result: Receipt };
  "widget.microphone": { method: "POST"; path: "/api/widget/{inbox_id}/media/microphone"; query: null; body: Empty; result: MediaGrant };
  "widget.camera": { method: "POST"; path: "/api/widget/{inbox_id}/media/camera"; query: null; body: Empty; result: MediaGrant };
  "widget.media": { method: "GET"; path: "/api/widget/{inbox_id}/media"; query: null; body: null; result: MediaGrants };
  "setup.read": { method: "GET"; path: "/api/setup"; query: null; body: null; result: SetupState };
  "contact.send": { method: "POST"; path: "/api/contact"; query: null; body: NewRequest; result: RequestSent };
  "contact.send_to_company": { method: "POST"; path: "/api/widget/{inbox_id}/requests"; query: null; body: NewRequest; result: RequestSent };
  "contact.read": { method: "POST"; path: "/api/contact/read"; query: null; body: RequestToken; result: PersonsRequest };
  "contact.reply": { method: "POST"; path: "/api/contact/reply"; query: null; body: RequestReply; result: PersonsRequest };
  "contact.prove": { method: "POST"; path: "/api/contact/prove"; query: null; body: RequestProof; result: PersonsRequest };
  "contact.consent": { method: "POST"; path: "/api/contact/consent"; query: null; body: RequestConsent; result: PersonsRequest };
  "contact.revoke": { method: "POST"; path: "/api/contact/revoke"; query: null; body: RequestToken; result: PersonsRequest };
  "contact.copy": { method: "POST"; path: "/api/contact/copy"; query: null; body: CopyWish; result: Blob };
  "contact.erase": { method: "POST"; path: "/api/contact/erase"; query: null; body: RequestErasure; result: PersonsRequest };
  "requests.list": { method: "GET"; path: "/api/requests"; query: RequestQuery; body: null; result: RequestList };
  "requests.open": { method: "POST"; path: "/api/requests/{request_id}/opened"; query: null; body: Empty; result: RequestDetail };
  "requests.unmask": { method: "POST"; path: "/api/requests/{request_id}/unmasked"; query: null; body: Empty; result: RequestUnmasked };
  "requests.ask_identity": { method: "POST"; path: "/api/requests/{request_id}/identity"; query: null; body: IdentityQuestion; result: IdentityAsked };
  "requests.decide": { method: "PUT"; path: "/api/requests/{request_id}/identity"; query: null; body: IdentityDecision; result: RequestDetail };
  "requests.answer": { method: "POST"; path: "/api/requests/{request_id}/answers"; query: null; body: RequestAnswer; result: RequestDetail };
  "requests.close": { method: "PUT"; path: "/api/requests/{request_id}/closed"; query: null; body: RequestClosing; result: RequestDetail };
  "requests.bind": { method: "PUT"; path: "/api/requests/{request_id}/subject"; query: null; body: RequestSubject; result: RequestDetail };
  "requests.copy": { method: "POST"; path: "/api/requests/{request_id}/copies"; query: null; body: TeamCopy; result: Blob };
  "requests.erase": { method: "POST"; path: "/api/requests/{request_id}/erasure"; query: null; body: TeamErasure; result: RequestDetail };
  "age_gate.read": { method: "GET"; path: "/api/age-gate"; query: null; body: null; result: AgeGate };
  "age_gate.set": { method: "PUT"; path: "/api/age-gate"; query: null; body: AgeGate; result: AgeGate };
  "processors.list": { method: "GET"; path: "/api/processors"; query: Reader; body: null; result: ThirdParties };
  "processors.enable": { method: "PUT"; path: "/api/processors/{processor}"; query: null; body: Enabling; result: Empty };
  "processors.enable_several": { method: "PUT"; path: "/api/processors"; query: null; body: EnablingSeveral; result: Empty };
  "processors.end": { method: "DELETE"; path: "/api/processors/{processor}"; query: null; body: null; result: Empty };
  "transfers.record": { method: "POST"; path: "/api/transfers"; query: null; body: TransferDraft; result: Transfer };
  "transfers.end": { method: "DELETE"; path: "/api/transfers/{processor}"; query: null; body: null; result: Empty };
  "policy.read": { method: "GET"; path: "/api/policy"; query: PolicyQuery; body: null; result: PolicyVersion };
  "certificates.list": { method: "GET"; path: "/api/operator/certificates"; query: null; body: null; result: CertificateList };
  "certificates.add": { method: "POST"; path: "/api/operator/certificates"; query: null; body: CertificateDraft; result: Certificate };
  "certificates.remove": { method: "DELETE"; path: "/api/operator/certificates/{certificate_id}"; query: null; body: null; result: Empty };
  "campaigns.mine": { method: "GET"; path: "/api/me/campaigns"; query: CampaignQuery; body: null; result: MyCampaigns };
  "campaigns.mark": { method: "PUT"; path: "/api/me/campaigns/{campaign_id}"; query: null; body: CampaignMark; result: Empty };
  "campaigns.list": { method: "GET"; path: "/api/campaigns"; query: CampaignQuery; body: null; result: CampaignReaches };
  "widget.campaigns": { method: "GET"; path: "/api/widget/{inbox_id}/campaigns"; query: CampaignQuery; body: null; result: MyCampaigns };
  "widget.mark_campaign": { method: "PUT"; path: "/api/widget/{inbox_id}/campaigns/{campaign_id}"; query: null; body: CampaignMark; result: Empty };
  "account.passkey_options": { method: "POST"; path: "/api/sign-in/passkey/options"; query: null; body: Empty; result: PasskeyOptions };
  "account.sign_out": { method: "POST"; path: "/api/sign-out"; query: null; body: Empty; result: Empty };
  "sessions.list": { method: "GET"; path: "/api/me/sessions"; query: null; body: null; result: SessionList };
  "sessions.revoke": { method: "DELETE"; path: "/api/me/sessions/{session_id}"; query: null; body: null; result: Empty };
  "sessions.revoke_others": { method: "DELETE"; path: "/api/me/sessions"; query: null; body: null; result: Empty };
  "totp.start": { method: "POST"; path: "/api/me/totp"; query: null; body: Empty; result: TotpSecret };
  "passkeys.list": { method: "GET"; path: "/api/me/passkeys"; query: null; body: null; result: PasskeyList };
  "passkeys.options": { method: "POST"; path: "/api/me/passkeys/options"; query: null; body: Empty; result: PasskeyOptions };
  "passkeys.add": { method: "POST"; path: "/api/me/passkeys"; query: null; body: PasskeyAnswer; result: Passkey };
  "passkeys.remove": { method: "DELETE"; path: "/api/me/passkeys/{passkey_id}"; query: null; body: null; result: Empty };
  "setup.complete": { method: "POST"; path: "/api/setup"; query: null; body: SetupRequest; result: Me };
  "operator.enter": { method: "POST"; path: "/api/operator/enter"; query: null; body: OperatorToken; result: Installation };
  "operator.read": { method: "GET"; path: "/api/operator"; query: null; body: null; result: Installation };
  "operator.update": { method: "PATCH"; path: "/api/operator"; query: null; body: ControllerChange; result: Installation };
  "operator.invite": { method: "POST"; path: "/api/operator/administrators"; query: null; body: AdministratorRequest; result: AdministratorLink };
  "code.request": { method: "POST"; path: "/api/codes"; query: null; body: CodeRequest; result: CodeSent };
  "account.sign_up": { method: "POST"; path: "/api/sign-up"; query: null; body: SignUp; result: Me };
  "account.sign_in_code": { method: "POST"; path: "/api/sign-in/code"; query: null; body: SignInByCode; result: Me };
  "account.sign_in_password": { method: "POST"; path: "/api/sign-in/password"; query: null; body: SignInByPassword; result: Me };
  "account.sign_in_passkey": { method: "POST"; path: "/api/sign-in/passkey"; query: null; body: PasskeyAnswer; result: Me };
  "me.read": { method: "GET"; path: "/api/me"; query: null; body: null; result: Me };
  "me.update": { method: "PATCH"; path: "/api/me"; query: null; body: MeChange; result: Me };
  "me.presence": { method: "PUT"; path: "/api/me/presence"; query: null; body: PresenceChange; result: Empty };
  "me.switch": { method: "PUT"; path: "/api/me/workspace"; query: null; body: WorkspaceChoice; result: Me };
  "me.leave": { method: "DELETE"; path: "/api/me/membership"; query: null; body: null; result: Empty };
  "password.set": { method: "PUT"; path: "/api/me/password"; query: null; body: NewPassword; result: Me };
  "password.remove": { method: "DELETE"; path: "/api/me/password"; query: null; body: null; result: Me };
  "totp.confirm": { method: "PUT"; path: "/api/me/totp"; query: null; body: TotpCode; result: Me };
  "totp.remove": { method: "DELETE"; path: "/api/me/totp"; query: null; body: null; result: Me };
  "members.list": { method: "GET"; path: "/api/members"; query: null; body: null; result: MemberList };
  "members.update": { method: "PATCH"; path: "/api/members/{member_id}"; query: null; body: MemberChange; result: Member };
  "members.remove": { method: "DELETE"; path: "/api/members/{member_id}"; query: null; body: null; result: Empty };
  "invitations.list": { method: "GET"; path: "/api/invitations"; query: null; body: null; result: InvitationList };
  "invitations.create": { method: "POST"; path: "/api/invitations"; query: null; body: InvitationDraft; result: InvitationCreated };
  "invitations.import": { method: "POST"; path: "/api/invitations/import"; query: null; body: InvitationImport; result: InvitationsCreated };
  "invitations.withdraw": { method: "DELETE"; path: "/api/invitations/{invitation_id}"; query: null; body: null; result: Empty };
  "invitations.preview": { method: "POST"; path: "/api/invitations/preview"; query: null; body: InvitationToken; result: InvitationPreview };
  "invitations.accept": { method: "POST"; path: "/api/invitations/accept"; query: null; body: InvitationAcceptance; result: Me };
  "invitations.decline": { method: "POST"; path: "/api/invitations/decline"; query: null; body: InvitationToken; result: Empty };
  "inboxes.list": { method: "GET"; path: "/api/inboxes"; query: null; body: null; result: InboxList };
  "inboxes.create": { method: "POST"; path: "/api/inboxes"; query: null; body: InboxDraft; result: Inbox };
  "inboxes.update": { method: "PATCH"; path: "/api/inboxes/{inbox_id}"; query: null; body: InboxChange; result: Inbox };
  "inboxes.archive": { method: "DELETE"; path: "/api/inboxes/{inbox_id}"; query: null; body: null; result: Empty };
  "inboxes.snippet": { method: "GET"; path: "/api/inboxes/{inbox_id}/snippet"; query: null; body: null; result: Snippet };
  "inboxes.rotate_identity_secret": { method: "POST"; path: "/api/inboxes/{inbox_id}/identity-secret"; query: null; body: IdentityDetails; result: IdentitySecret };
  "inboxes.remove_identity_secret": { method: "DELETE"; path: "/api/inboxes/{inbox_id}/identity-secret"; query: null; body: null; result: Inbox };
  "conversations.list": { method: "GET"; path: "/api/conversations"; query: ConversationQuery; body: null; result: ConversationPage };
  "conversations.counts": { method: "GET"; path: "/api/conversations/counts"; query: null; body: null; result: Counts };
  "conversations.read": { method: "GET"; path: "/api/conversations/{conversation_id}"; query: null; body: null; result: Conversation };
  "conversations.messages": { method: "GET"; path: "/api/conversations/{conversation_id}/messages"; query: MessageQuery; body: null; result: MessagePage };
  "conversations.send": { method: "POST"; path: "/api/conversations/{conversation_id}/messages"; query: null; body: NewMessage; result: Message };
  "conversations.mark_read": { method: "PUT"; path: "/api/conversations/{conversation_id}/read"; query: null; body: ReadMark; result: Empty };
  "conversations.assign": { method: "PUT"; path: "/api/conversations/{conversation_id}/assignee"; query: null; body: Assignment; result: Conversation };
  "conversations.set_state": { method: "PUT"; path: "/api/conversations/{conversation_id}/state"; query: null; body: StateChange; result: Conversation };
  "files.upload": { method: "POST"; path: "/api/conversations/{conversation_id}/files"; query: null; body: Blob; result: FileInfo };
  "files.download": { method: "GET"; path: "/api/files/{file_id}"; query: null; body: null; result: Blob };
  "live.ticket": { method: "POST"; path: "/api/live/ticket"; query: null; body: Empty; result: Ticket };
  "publications.list": { method: "GET"; path: "/api/publications"; query: null; body: null; result: CompanyPublications };
  "publications.rule": { method: "PUT"; path: "/api/publications"; query: null; body: PublicationRule; result: CompanyPublications };
  "publications.end": { method: "DELETE"; path: "/api/publications/{publication_id}"; query: null; body: null; result: CompanyPublications };
  "widget.publications": { method: "GET"; path: "/api/widget/{inbox_id}/publications"; query: PublicationQuery; body: null; result: MyPublications };
  "widget.publish": { method: "POST"; path: "/api/widget/{inbox_id}/publications"; query: null; body: Publishing; result: Published };
  "widget.end_publication": { method: "DELETE"; path: "/api/widget/{inbox_id}/publications/{publication_id}"; query: PublicationQuery; body: null; result: MyPublications };
  "devices.list": { method: "GET"; path: "/api/me/devices"; query: null; body: null; result: DeviceList };
  "devices.add": { method: "PUT"; path: "/api/me/devices"; query: null; body: NewDevice; result: Device };
  "devices.remove": { method: "DELETE"; path: "/api/me/devices/{device_id}"; query: null; body: null; result: Empty };
  "wakes.read": { method: "GET"; path: "/api/wakes/{wake_id}"; query: null; body: null; result: Wake };
  "widget.hand_over": { method: "POST"; path: "/api/widget/{inbox_id}/handover"; query: null; body: Empty; result: HandOver };
  "widget.subscribe": { method: "PUT"; path: "/api/widget/{inbox_id}/push"; query: null; body: VisitorSubscription; result: Device };
  "widget.unsubscribe": { method: "DELETE"; path: "/api/widget/{inbox_id}/push"; query: null; body: null; result: Empty };
  "widget.wake": { method: "GET"; path: "/api/widget/{inbox_id}/wakes/{wake_id}"; query: null; body: null; result: Wake };
  "research.read": { method: "GET"; path: "/api/research"; query: null; body: null; result: Research };
  "research.set": { method: "PUT"; path: "/api/research"; query: null; body: ResearchSetting; result: Research };
  "research.extract": { method: "POST"; path: "/api/research/extracts"; query: null; body: ExtractWish; result: Blob };
  "figures.read": { method: "GET"; path: "/api/research/figures/{month}"; query: null; body: null; result: Figures };
  "imports.attestation": { method: "GET"; path: "/api/imports/attestation"; query: AttestationQuery; body: null; result: AttestationText };
  "imports.list": { method: "GET"; path: "/api/imports"; query: null; body: null; result: ImportList };
  "grants.list": { method: "GET"; path: "/api/grants"; query: null; body: null; result: GrantList };
  "exceptions.list": { method: "GET"; path: "/api/exceptions"; query: null; body: null; result: ExceptionList };
  "exceptions.propose": { method: "POST"; path: "/api/exceptions"; query: null; body: ExceptionDraft; result: ExceptionRecord };
  "exceptions.report": { method: "GET"; path: "/api/exceptions/report"; query: ReportQuery; body: null; result: ExceptionReport };
  "exceptions.read": { method: "GET"; path: "/api/exceptions/{exception_id}"; query: null; body: null; result: ExceptionRecord };
  "exceptions.approve": { method: "POST"; path: "/api/exceptions/{exception_id}/approvals"; query: null; body: Empty; result: ExceptionRecord };
  "exceptions.copies": { method: "POST"; path: "/api/exceptions/{exception_id}/copies"; query: null; body: AuthorityCopy; result: Blob };
  "exceptions.end": { method: "DELETE"; path: "/api/exceptions/{exception_id}"; query: null; body: null; result: ExceptionRecord };
  "exceptions.about_me": { method: "GET"; path: "/api/me/exceptions"; query: null; body: null; result: ExceptionsAboutMe };
  "exceptions.refuse": { method: "PUT"; path: "/api/me/exceptions/refusals"; query: null; body: ExceptionRefusal; result: ExceptionsAboutMe };
  "widget.exceptions": { method: "GET"; path: "/api/widget/{inbox_id}/exceptions"; query: null; body: null; result: ExceptionsAboutMe };
  "widget.refuse_exception": { method: "PUT"; path: "/api/widget/{inbox_id}/exceptions/refusals"; query: null; body: ExceptionRefusal; result: ExceptionsAboutMe };
  "assessments.list": { method: "GET"; path: "/api/assessments"; query: null; body: null; result: AssessmentList };
  "assessments.assess": { method: "POST"; path: "/api/assessments"; query: null; body: AssessmentDraft; result: AssessmentList };
  "widget.read": { method: "GET"; path: "/api/widget/{inbox_id}"; query: WidgetQuery; body: null; result: WidgetConfig };
  "widget.start": { method: "POST"; path: "/api/widget/{inbox_id}/visitor"; query: null; body: VisitorStart; result: VisitorState };
  "widget.ask_guardian": { method: "POST"; path: "/api/widget/{inbox_id}/guardian"; query: null; body: GuardianQuestion; result: GuardianLink };
  "widget.update": { method: "PATCH"; path: "/api/widget/{inbox_id}/visitor"; query: null; body: LanguageChange; result: VisitorState };
  "widget.forget": { method: "DELETE"; path: "/api/widget/{inbox_id}/visitor"; query: null; body: null; result: Empty };
  "widget.messages": { method: "GET"; path: "/api/widget/{inbox_id}/messages"; query: MessageQuery; body: null; result: MessagePage };
  "widget.send": { method: "POST"; path: "/api/widget/{inbox_id}/messages"; query: null; body: VisitorMessage; result: Message };
  "widget.mark_read": { method: "PUT"; path: "/api/widget/{inbox_id}/read"; query: null; body: ReadMark; result: Empty };
  "widget.upload": { method: "POST"; path: "/api/widget/{inbox_id}/files"; query: null; body: Blob; result: FileInfo };
  "widget.download": { method: "GET"; path: "/api/widget/{inbox_id}/files/{file_id}"; query: null; body: null; result: Blob };
  "widget.ticket": { method: "POST"; path: "/api/widget/{inbox_id}/ticket"; query: null; body: Empty; result: Ticket };
}
