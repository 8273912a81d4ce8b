// Three languages, each complete, each with its own way to say a time.

import { expect, test } from "vitest";
import { choiceWords } from "../src/choice-words.ts";
import { pushWords } from "../src/push-words.ts";
import { back, day, size } from "../src/when.ts";
import { ours, words } from "../src/words/index.ts";

const WEDNESDAY = new Date(2026, 10, 25, 14, 30).getTime();
const MONDAY = new Date(2026, 10, 23, 18, 30).getTime();

test("no word is missing or empty in any language", () => {
  const keys = Object.keys(words.en).sort();
  for (const language of Object.values(words)) {
    expect(Object.keys(language).sort()).toEqual(keys);
    for (const word of Object.values(language)) expect(word).not.toBe("");
  }
  for (const language of [...Object.values(pushWords), ...Object.values(choiceWords)]) {
    for (const word of Object.values(language)) expect(word).not.toBe("");
  }
});

test("a browser's language leads to one of ours", () => {
  expect(["en-GB", "zh", "zh-Hans-SG", "sq-XK", "fr"].map(ours)).toEqual([
    "en",
    "zh-CN",
    "zh-CN",
    "sq",
    null,
  ]);
});

test("opening times name the day unless it is today", () => {
  expect(back(WEDNESDAY, WEDNESDAY - 1_000, words.en)).toBe("We are back at 2:30 PM");
  expect(back(WEDNESDAY, MONDAY, words.en)).toBe("We are back on Wednesday at 2:30 PM");
  expect(back(WEDNESDAY, MONDAY, words["zh-CN"])).toBe("我们将于周三 14:30 回来");
  expect(back(WEDNESDAY, MONDAY, words.sq)).toBe("Kthehemi të mërkurën në orën 14:30");
});

test("days are named as people name them", () => {
  const say = (language: keyof typeof words) =>
    [MONDAY, MONDAY - 86_400_000, MONDAY - 40 * 86_400_000].map((at) =>
      day(at, MONDAY, words[language]),
    );
  expect(say("en")).toEqual(["Today", "Yesterday", "October 14"]);
  expect(say("zh-CN")).toEqual(["今天", "昨天", "10月14日"]);
  expect(say("sq")).toEqual(["Sot", "Dje", "14 tetor"]);
  expect(day(MONDAY, WEDNESDAY + 365 * 86_400_000, words.sq)).toBe("23 nëntor 2026");
});

test("sizes are round and readable", () => {
  expect([size(900, words.en), size(123_456, words.en), size(10_000_000, words.sq)]).toEqual([
    "1 kB",
    "124 kB",
    "10 MB",
  ]);
});
