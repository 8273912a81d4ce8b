// The widget's words. A language more is a file more and a line here.

import type { Language } from "../../../wire/wire.ts";
import { en, type Words } from "./en.ts";
import { sq } from "./sq.ts";
import { zh } from "./zh-cn.ts";

export type { Words };
export const words: Record<Language, Words> = { en, "zh-CN": zh, sq };
export const names: Record<Language, string> = { en: "English", "zh-CN": "简体中文", sq: "Shqip" };

/** The language of ours that fits a BCP 47 tag best, or null. */
export function ours(tag: string): Language | null {
  const start = tag.slice(0, 2).toLowerCase();
  return (Object.keys(words) as Language[]).find((known) => known.startsWith(start)) ?? null;
}
