/**
 * All words that a person reads, in the language of their choice. A new language is one new file
 * beside this one with the same keys; its name appears in the menus by itself.
 */
import { computed, signal } from "@preact/signals";
import type { Language } from "../../../wire/wire.ts";
import english, { type Words } from "./en.ts";

type Key = keyof Words;
export type PluralKey = { [K in Key]: Words[K] extends string ? never : K }[Key];
export type TextKey = Exclude<Key, PluralKey>;
type Values = Record<string, string | number>;

const files = import.meta.glob<{ default: Words }>(["./*.ts", "!./index.ts", "!./*.test.ts"]);
export const languages = Object.keys(files).map((file) => file.slice(2, -3) as Language);

/** How each language calls itself. */
export const languageNames: Record<Language, string> = {
  en: "English",
  "zh-CN": "简体中文",
  sq: "Shqip",
};

const current = signal<{ language: Language; words: Words }>({ language: "en", words: english });
export const language = computed(() => current.value.language);

export async function speak(chosen: Language): Promise<void> {
  const file = await files[`./${chosen}.ts`]?.();
  if (!file) return;
  current.value = { language: chosen, words: file.default };
  document.documentElement.lang = chosen;
}

/** The best of ours for what the browser asks for: exact, then the same base language, else English. */
export function preferred(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split("-")[0];
    const found =
      languages.find((ours) => ours.toLowerCase() === tag.toLowerCase()) ??
      languages.find((ours) => ours.split("-")[0] === base);
    if (found) return found;
  }
  return "en";
}

export function t(key: TextKey, values: Values = {}): string {
  return fill(current.value.words[key], values);
}

/** A text that depends on a number, by the plural rules of the language. */
export function count(key: PluralKey, n: number, values: Values = {}): string {
  const { language: tag, words } = current.value;
  const forms = words[key];
  const form = forms[new Intl.PluralRules(tag).select(n)] ?? forms.other;
  return fill(form, { n: number(n), ...values });
}

/** Digits as the language groups them; it names one that writes alike, as browsers lack some. */
export function number(value: number): string {
  return new Intl.NumberFormat(current.value.words["numbers.like"]).format(value);
}

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** The server's codes and other open sets: the word for it if there is one. */
export function maybe(key: string): string | undefined {
  const word = (current.value.words as Record<string, unknown>)[key];
  return typeof word === "string" ? word : undefined;
}
