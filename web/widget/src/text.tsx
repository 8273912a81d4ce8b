// Plain text with links. Everything is a text node; only http and https addresses become links, and
// they tell the other site nothing about where the reader came from.

import type { ComponentChildren } from "preact";

// Ends before white space, quotes, brackets and the wide punctuation of Chinese.
const ADDRESS = /https?:\/\/[^\s<>"'`{}|\\^，。；：！？、（）《》「」“”]+/gi;
const TRAILING = /[.,;:!?)\]]+$/;

export function linked(text: string): ComponentChildren[] {
  const parts: ComponentChildren[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = found.replace(TRAILING, "");
    if (!URL.canParse(address)) continue;
    parts.push(text.slice(from, index), link(address));
    from = index + address.length;
  }
  parts.push(text.slice(from));
  return parts;
}

const link = (address: string) => (
  <a href={address} target="_blank" rel="noopener noreferrer nofollow ugc">
    {address}
  </a>
);
