/** Every language says everything, with the same gaps to fill and all the plural forms it needs. */
import { beforeEach, describe, expect, it } from "vitest";
import { initials } from "../../ui/avatar.tsx";
import { mark } from "../src/names.ts";
import english, { type Plural } from "../src/words/en.ts";
import { count, languageNames, languages, preferred, speak, t } from "../src/words/index.ts";

const gaps = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).sort();
const forms = (word: string | Plural) => (typeof word === "string" ? [word] : Object.values(word));

describe.each(languages)("%s", (tag) => {
  it("names itself, and has each word of English and no other", async () => {
    const { default: words } = await import(`../src/words/${tag}.ts`);
    expect(languageNames[tag]).toBeTruthy();
    expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort());
  });

  it("leaves the same gaps and leaves no word empty", async () => {
    const { default: words } = (await import(`../src/words/${tag}.ts`)) as {
      default: typeof english;
    };
    for (const [key, word] of Object.entries(words)) {
      const model = english[key as keyof typeof english];
      const wanted = gaps(forms(model).at(-1) ?? "");
      for (const form of forms(word)) {
        expect(form.trim(), key).not.toBe("");
        expect(gaps(form), key).toEqual(wanted);
      }
    }
  });

  it("has the plural forms of its language", async () => {
    const { default: words } = (await import(`../src/words/${tag}.ts`)) as {
      default: typeof english;
    };
    const needed = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    for (const [key, word] of Object.entries(words)) {
      if (typeof word !== "string")
        expect(Object.keys(word).sort(), key).toEqual([...needed].sort());
    }
  });
});

describe("the chosen language", () => {
  beforeEach(() => {
    // Speaking sets the page's language; there is no page here.
    Object.assign(globalThis, { document: { documentElement: {} } });
  });

  it("is the best of ours for what the browser asks for", () => {
    expect(preferred(["sq-AL", "en"])).toBe("sq");
    expect(preferred(["zh-TW"])).toBe("zh-CN");
    expect(preferred(["fr", "zh"])).toBe("zh-CN");
    expect(preferred(["fr"])).toBe("en");
  });

  it("counts by its own rules and writes numbers its own way", async () => {
    await speak("en");
    expect(count("members.count", 1)).toBe("1 member");
    expect(count("members.count", 1200)).toBe("1,200 members");
    await speak("sq");
    expect(count("members.count", 1)).toBe("1 anëtar");
    expect(count("members.count", 2)).toBe("2 anëtarë");
    await speak("zh-CN");
    expect(count("members.count", 2)).toBe("2 位成员");
  });

  it("fills gaps as text, whatever the text is", async () => {
    await speak("en");
    expect(t("announce.elsewhere", { name: "{name} $& <b>" })).toBe(
      "New message from {name} $& <b>",
    );
  });
});

describe("people without a name", () => {
  it("keep the same mark, and different people have different ones", () => {
    expect(mark("visitor-1")).toBe(mark("visitor-1"));
    expect(mark("visitor-1")).toMatch(/^[0-9A-F]{4}$/);
    const marks = new Set(Array.from({ length: 200 }, (_, n) => mark(`visitor-${n}`)));
    expect(marks.size).toBeGreaterThan(190);
  });

  it("and with one are shortened as people of their language do", () => {
    expect(initials("Arta Krasniqi")).toBe("AK");
    expect(initials("陈晓明")).toBe("明");
    expect(initials("👩‍🚀")).toBe("👩");
    expect(initials("  ")).toBe("");
  });
});
