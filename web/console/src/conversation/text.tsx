/** What people wrote, as text nodes only; web addresses become links that give nothing away. */
import type { ComponentChildren } from "preact";

export type Piece = { text: string } | { link: string } | { mention: string };

const address = /\bhttps?:\/\/[^\s<>"“”«»，。；：！？）】》」]+/giu;
const trailing = /[.,;:!?'"\])}]+$/;

/** Splits text into plain pieces, safe links and, in notes, the names that were mentioned. */
export function pieces(text: string, names: readonly string[] = []): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const link = withoutTail(match[0]);
    if (!isWebAddress(link)) continue;
    found.push(...mentionsIn(text.slice(from, match.index), names), { link });
    from = match.index + link.length;
  }
  found.push(...mentionsIn(text.slice(from), names));
  return found;
}

/** A sentence's full stop is not part of the address; a bracket is, if it was opened inside. */
function withoutTail(link: string): string {
  const tail = trailing.exec(link)?.[0] ?? "";
  const bare = link.slice(0, link.length - tail.length);
  const opens = bare.split("(").length > bare.split(")").length;
  return tail.startsWith(")") && opens ? `${bare})` : bare;
}

function isWebAddress(link: string): boolean {
  try {
    return ["http:", "https:"].includes(new URL(link).protocol);
  } catch {
    return false;
  }
}

function mentionsIn(text: string, names: readonly string[]): Piece[] {
  if (!text) return [];
  const hits = names
    .map((name) => ({ name, at: text.indexOf(`@${name}`) }))
    .filter((hit) => hit.at >= 0);
  const first = hits.sort((a, b) => a.at - b.at || b.name.length - a.name.length)[0];
  if (!first) return [{ text }];
  const end = first.at + first.name.length + 1;
  const before = text.slice(0, first.at);
  return [
    ...(before ? [{ text: before }] : []),
    { mention: `@${first.name}` },
    ...mentionsIn(text.slice(end), names),
  ];
}

export function Text({
  text,
  names,
}: {
  text: string;
  names?: readonly string[];
}): ComponentChildren {
  return pieces(text, names).map((piece, index) => {
    if ("link" in piece) {
      return (
        <a
          key={`${index} ${piece.link}`}
          href={piece.link}
          target="_blank"
          rel="noopener noreferrer nofollow ugc"
        >
          {piece.link}
        </a>
      );
    }
    return "mention" in piece ? <mark class="mention">{piece.mention}</mark> : piece.text;
  });
}

/** One to three emoji and nothing else are shown large. */
export function isOnlyEmoji(text: string): boolean {
  const bare = text.trim();
  if (
    !bare ||
    bare.length > 24 ||
    !/^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\s)+$/u.test(bare)
  )
    return false;
  if (!/\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(bare)) return false;
  return [...new Intl.Segmenter().segment(bare.replace(/\s/g, ""))].length <= 3;
}
