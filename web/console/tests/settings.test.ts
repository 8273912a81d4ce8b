/** Office hours, websites and devices as people type and see them. */
import { describe, expect, it } from "vitest";
import { type Command, search } from "../../ui/palette.tsx";
import { presets } from "../src/conversation/snooze.tsx";
import { deviceName } from "../src/device-name.ts";
import { originOf, tidy } from "../src/inboxes/draft.ts";
import { isWrong, likeMonday, nextSpan, setDay, usualHours } from "../src/inboxes/hours.ts";
import { tidyPhone } from "../src/session/form.ts";

describe("office hours", () => {
  it("take a second shift after the first, and copy Monday to the weekdays only", () => {
    const morning = { opens: "08:00", closes: "12:00" };
    expect(nextSpan([morning])).toEqual({ opens: "13:00", closes: "16:00" });
    const hours = likeMonday(
      setDay(usualHours(), 0, [morning, { opens: "13:00", closes: "16:00" }]),
    );
    expect(hours.days.map((day) => day.length)).toEqual([2, 2, 2, 2, 2, 0, 0]);
  });

  it("are wrong when they end before they begin or overlap", () => {
    expect(isWrong([{ opens: "09:00", closes: "09:00" }], 0)).toBe(true);
    const spans = [
      { opens: "09:00", closes: "12:00" },
      { opens: "11:00", closes: "13:00" },
    ];
    expect([isWrong(spans, 0), isWrong(spans, 1)]).toEqual([false, true]);
  });
});

describe("what is typed", () => {
  it.each([
    ["shop.example", "https://shop.example"],
    [" https://Shop.example/path?x ", "https://shop.example"],
    ["http://localhost:8421", "http://localhost:8421"],
    ["javascript:alert(1)", null],
    ["", null],
    ["not a site", null],
  ])("“%s” is the website %s", (typed, origin) => {
    expect(originOf(typed)).toBe(origin);
  });

  it.each([
    ["+383 44 123-456", "+38344123456"],
    ["00355 (0)69 123", "+35569123"],
    ["abc", ""],
  ])("“%s” is the phone number %s", (typed, phone) => {
    expect(tidyPhone(typed)).toBe(phone);
  });

  it("leaves out greetings in languages that are not offered", () => {
    const draft = tidy({
      name: " Shop ",
      color: "#0b6e66",
      greeting: { en: "Hello", sq: "Tungjatjeta", "zh-CN": " " },
      languages: ["en", "zh-CN"],
      allowed_origins: [],
      office_hours: null,
      member_ids: [],
    });
    expect(draft).toMatchObject({ name: "Shop", greeting: { en: "Hello" } });
    expect(draft.greeting).not.toHaveProperty("sq");
  });
});

describe("snoozing", () => {
  it("always ends in the time to come, Monday being the next one", () => {
    for (const day of [3, 4, 5, 6, 7, 8, 9]) {
      const now = new Date(2026, 4, day, 8, 0);
      for (const preset of presets) expect(preset.at(now).getTime()).toBeGreaterThan(now.getTime());
      const monday = presets.find((preset) => preset.label === "snooze.monday")?.at(now);
      expect(monday?.getDay()).toBe(1);
    }
  });
});

describe("a device", () => {
  it("is called by browser and system", () => {
    expect(
      deviceName("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"),
    ).toBe("Chrome · Linux");
    expect(
      deviceName(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
      ),
    ).toBe("Safari · iOS");
    expect(deviceName("curl/8")).toBe("curl/8");
  });
});

describe("the command palette", () => {
  const command = (id: string, label: string, group = "Go to"): Command => ({
    id,
    label,
    group,
    icon: "inbox",
    run: () => undefined,
  });

  it("finds by any words, without accents, and puts the beginning first", () => {
    const commands = [command("1", "Hand over"), command("2", "Çajtore"), command("3", "Overview")];
    expect(search(commands, "caj").map((hit) => hit.id)).toEqual(["2"]);
    expect(search(commands, "over").map((hit) => hit.id)).toEqual(["3", "1"]);
    expect(search(commands, "over hand").map((hit) => hit.id)).toEqual(["1"]);
  });
});
