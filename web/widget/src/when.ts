// Times and sizes as people say them, in the visitor's language and time zone.

import type { Words } from "./words/index.ts";

const DAY = 86_400_000;

export function clock(at: number, words: Words): string {
  const parts = { hour: "numeric", minute: "2-digit" } as const;
  return new Date(at).toLocaleTimeString(words.locale, parts);
}

export function day(at: number, now: number, words: Words): string {
  if (sameDay(at, now)) return words.today;
  if (sameDay(at, now - DAY)) return words.yesterday;
  const date = new Date(at);
  return words.date(date, date.getFullYear() !== new Date(now).getFullYear());
}

export function back(at: number, now: number, words: Words): string {
  return words.back_at(clock(at, words), sameDay(at, now) ? null : new Date(at).getDay());
}

export const sameDay = (a: number, b: number): boolean =>
  new Date(a).toDateString() === new Date(b).toDateString();

export function size(bytes: number, words: Words): string {
  const big = bytes >= 1_000_000;
  const value = bytes / (big ? 1_000_000 : 1_000);
  return `${Math.ceil(value).toLocaleString(words.locale)} ${big ? "MB" : "kB"}`;
}
