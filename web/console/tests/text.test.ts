/** What people wrote is shown as they wrote it; only web addresses become links. */
import { describe, expect, it } from "vitest";
import { matching, mentioned, mentioningAt } from "../src/composer/mentions.ts";
import { isOnlyEmoji, pieces } from "../src/conversation/text.tsx";
import { arta, besnik } from "./cast.ts";

describe("a web address", () => {
  it.each([
    ["see https://tea.example/a.", "https://tea.example/a"],
    ["(https://tea.example/a_(b))", "https://tea.example/a_(b)"],
    ["看https://tea.example/a，谢谢", "https://tea.example/a"],
    ["http://tea.example/?a=1&b=2!", "http://tea.example/?a=1&b=2"],
    ["HTTPS://TEA.EXAMPLE", "HTTPS://TEA.EXAMPLE"],
  ])("in “%s” becomes a link", (text, link) => {
    expect(pieces(text)).toContainEqual({ link });
    expect(
      pieces(text)
        .map((piece) => Object.values(piece)[0])
        .join(""),
    ).toBe(text);
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://x.example",
    "tea.example",
    "https://",
    "<a href='x'>",
  ])("is not what “%s” is", (text) => {
    expect(pieces(text)).toEqual([{ text }]);
  });
});

describe("a mention", () => {
  it("stands out in the note, the longer name first", () => {
    expect(pieces("Hi @Arta Berisha!", ["Arta", "Arta Berisha"])).toEqual([
      { text: "Hi " },
      { mention: "@Arta Berisha" },
      { text: "!" },
    ]);
  });

  it("is being typed after an @ that begins a word", () => {
    expect(mentioningAt("Hi @Be", 6)).toEqual({ from: 3, query: "Be" });
    expect(mentioningAt("mail mira@example", 17)).toBeNull();
    expect(mentioningAt("@Besnik\nhello", 13)).toBeNull();
  });

  it("finds colleagues by the start of any part of their name", () => {
    const long = { ...besnik, id: "hoxha", name: "Agim Hoxha" };
    expect(matching([arta, besnik, long], "ho")).toEqual([long]);
    expect(matching([arta, besnik], "")).toEqual([arta, besnik]);
  });

  it("names those who are meant when the note is sent, and not their namesakes", () => {
    const longer = { ...besnik, id: "arta2", name: "Arta Berisha" };
    expect(mentioned("@Arta Berisha please", [arta, longer])).toEqual(["arta2"]);
    expect(mentioned("@Arta Berisha and @Arta", [arta, longer])).toEqual(["arta2", "arta"]);
    expect(mentioned("Arta", [arta])).toEqual([]);
  });
});

describe("emoji alone", () => {
  it.each(["👍", "❤️🎉", "👩‍🚀", "🇦🇱"])("%s are large", (text) => {
    expect(isOnlyEmoji(text)).toBe(true);
  });

  it.each(["", "1", "ok 👍", "👍👍👍👍", "#"])("“%s” are not", (text) => {
    expect(isOnlyEmoji(text)).toBe(false);
  });
});
