/** A round initial in a colour that stays with the person; optionally with a presence dot. */
import "./avatar.css";
import { classes } from "./classes.ts";

interface AvatarProps {
  id: string;
  name: string;
  size?: 20 | 24 | 32 | 40 | 56;
  presence?: "online" | "away" | "offline" | undefined;
  /** Visitors get a soft square, so that the two kinds are told apart without colour. */
  shape?: "round" | "square";
}

export function Avatar({ id, name, size = 32, presence, shape = "round" }: AvatarProps) {
  return (
    <span class={classes("avatar", shape, `size-${size}`, `hue-${hueOf(id)}`)} aria-hidden="true">
      {initials(name)}
      {presence && <i class={classes("presence-dot", presence)} />}
    </span>
  );
}

/** First letters of the first and last word; for Chinese names the last character, as is usual there. */
export function initials(name: string): string {
  const trimmed = name.trim();
  if (/^\p{Script=Han}+$/u.test(trimmed)) return [...trimmed].at(-1) ?? "";
  const words = trimmed.split(/\s+/u).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return letters
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toLocaleUpperCase();
}

function hueOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % 8;
}
