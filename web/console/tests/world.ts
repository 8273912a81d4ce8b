/**
 * A small server for tests: it keeps conversations by the rules of the real one, tells facts the
 * way the socket does, and gives pictures the way HTTP does. Arta is the one who looks at it.
 */
import type { Author, Conversation, Counts, Message } from "../../wire/wire.ts";
import type { Fact } from "../src/store/facts.ts";
import { belongs } from "../src/store/lists.ts";
import { arta, asArta, conversation, message, morning, visitor } from "./cast.ts";

const filters = ["mine", "unassigned", "all", "waiting", "closed"] as const;

export class World {
  conversations = new Map<string, Conversation>();
  messages = new Map<string, Message[]>();
  facts: Fact[] = [];
  #clock = morning;
  #position = 0;

  begin(id: string) {
    this.conversations.set(id, conversation({ id, updated_at: this.#tick() }));
    this.messages.set(id, []);
    this.say(id, visitor);
  }

  say(id: string, author: Author, text = "…") {
    const at = this.#tick();
    const old = this.#get(id);
    const seq = old.last_seq + 1;
    const fromVisitor = author.kind === "visitor";
    const mine = author.id === arta.id;
    const assigned = !fromVisitor && old.assignee_id === null;
    const reopened = old.state !== "open";
    this.#tell(message({ conversation_id: id, seq, author, text, at, position: ++this.#position }));
    this.#set(id, {
      last_seq: seq,
      updated_at: at,
      waiting_since: fromVisitor ? (old.waiting_since ?? at) : null,
      visitor_read_seq: fromVisitor ? seq : old.visitor_read_seq,
      read_seq: mine ? seq : old.read_seq,
      unread: mine ? 0 : old.unread + Number(fromVisitor),
      preview: { text, author, at, has_files: false },
      state: "open",
      snoozed_until: null,
      assignee_id: assigned ? author.id : old.assignee_id,
    });
    if (seq === 1 || assigned || reopened) this.#describe(id);
  }

  note(id: string, author: Author) {
    this.#internal(id, author, "note");
  }

  assign(id: string, member: string | null) {
    this.#set(id, { assignee_id: member, updated_at: this.#tick() });
    this.#internal(id, asArta, "event");
    this.#describe(id);
  }

  setState(id: string, state: Conversation["state"]) {
    const snoozed_until = state === "snoozed" ? this.#clock + 1_000_000 : null;
    this.#set(id, { state, snoozed_until, updated_at: this.#tick() });
    this.#internal(id, asArta, "event");
    this.#describe(id);
  }

  readByArta(id: string, seq: number) {
    const old = this.#get(id);
    if (seq <= old.read_seq) return;
    const later = (this.messages.get(id) ?? []).filter(
      (item) => item.lane === "public" && item.author.kind === "visitor" && item.seq > seq,
    );
    this.#set(id, { read_seq: seq, unread: later.length });
    this.facts.push({ t: "read", conversation: id, reader: asArta, seq });
  }

  readByVisitor(id: string) {
    const seq = this.#get(id).last_seq;
    this.#set(id, { visitor_read_seq: seq });
    this.facts.push({ t: "read", conversation: id, reader: visitor, seq });
  }

  counts(): Counts {
    const all = [...this.conversations.values()];
    const amount = (test: (item: Conversation) => boolean) => all.filter(test).length;
    const [mine, unassigned, open, waiting, closed] = filters.map((filter) =>
      amount((item) => belongs(item, filter, arta.id)),
    ) as [number, number, number, number, number];
    const unread = amount((item) => item.state !== "closed" && item.unread > 0);
    return { mine, unassigned, all: open, waiting, closed, unread };
  }

  page() {
    return { items: [...this.conversations.values()], next: null };
  }

  #internal(id: string, author: Author, kind: "note" | "event") {
    const known = (this.messages.get(id) ?? []).filter((item) => item.lane === "internal");
    const seq = known.length + 1;
    const position = ++this.#position;
    this.#tell(
      message({
        conversation_id: id,
        lane: "internal",
        seq,
        author,
        kind,
        position,
        at: this.#clock,
      }),
    );
  }

  #tell(item: Message) {
    this.messages.get(item.conversation_id)?.push(item);
    this.facts.push({ t: "message", message: item });
  }

  #describe(id: string) {
    this.facts.push({ t: "conversation", conversation: this.#get(id) });
  }

  #get(id: string): Conversation {
    const found = this.conversations.get(id);
    if (!found) throw new Error(`no conversation ${id}`);
    return found;
  }

  #set(id: string, change: Partial<Conversation>) {
    this.conversations.set(id, { ...this.#get(id), ...change });
  }

  #tick(): number {
    this.#clock += 1_000;
    return this.#clock;
  }
}
