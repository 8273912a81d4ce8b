/** "@" in a note: which colleague is meant, while typing and when it is sent. */
import type { Member } from "../../../wire/wire.ts";

export interface Mentioning {
  /** Where the @ stands. */
  from: number;
  query: string;
}

const longest = 40;

/** The mention that is being typed just before the caret, if any. */
export function mentioningAt(text: string, caret: number): Mentioning | null {
  const from = text.lastIndexOf("@", caret - 1);
  if (from < 0 || caret - from > longest) return null;
  const before = text[from - 1];
  if (before !== undefined && /[\p{L}\p{N}]/u.test(before)) return null;
  const query = text.slice(from + 1, caret);
  return /\n/.test(query) ? null : { from, query };
}

export function matching(members: readonly Member[], query: string): Member[] {
  const wanted = query.toLocaleLowerCase();
  return members
    .filter((member) => {
      const name = member.name.toLocaleLowerCase();
      return name.startsWith(wanted) || name.split(/\s+/u).some((word) => word.startsWith(wanted));
    })
    .slice(0, 6);
}

/** Ids of the members whose @Name stands in the text; a longer name is not its shorter namesake. */
export function mentioned(text: string, members: Iterable<Member>): string[] {
  const ids: string[] = [];
  let rest = text;
  for (const member of [...members].sort((a, b) => b.name.length - a.name.length)) {
    if (!rest.includes(`@${member.name}`)) continue;
    ids.push(member.id);
    rest = rest.replaceAll(`@${member.name}`, " ");
  }
  return ids;
}
