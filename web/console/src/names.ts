/** What people are called on the screen, also when nothing is known about them. */
import type { Author, Conversation, Member, Visitor } from "../../wire/wire.ts";
import { me, members } from "./store/store.ts";
import { t } from "./words/index.ts";

/** A visitor without a name keeps the same short mark everywhere: "Visitor 4F2A". */
export function visitorName(visitor: Pick<Visitor, "id" | "name">): string {
  return visitor.name?.trim() || t("visitor.unnamed", { mark: mark(visitor.id) });
}

/** Four hexadecimal digits from the id (FNV-1a), stable on every device. */
export function mark(id: string): string {
  let hash = 0x811c9dc5;
  for (const letter of id) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return ((hash >>> 16) ^ (hash & 0xffff)).toString(16).toUpperCase().padStart(4, "0");
}

export function memberName(id: string | null | undefined): string {
  if (!id) return t("member.nobody");
  return members.value.get(id)?.name ?? t("member.former");
}

export function authorName(author: Author, conversation?: Conversation): string {
  if (author.kind === "system") return t("author.system");
  if (author.kind === "visitor") {
    return visitorName(conversation?.visitor ?? author);
  }
  return author.id === me.value?.member.id
    ? t("author.you")
    : (author.name ?? memberName(author.id));
}

/** Colleagues who are here come first, then by name. */
export function sortedMembers(all: Iterable<Member>): Member[] {
  const rank = { online: 0, away: 1, offline: 2 };
  return [...all].sort(
    (a, b) => rank[a.presence] - rank[b.presence] || a.name.localeCompare(b.name),
  );
}
