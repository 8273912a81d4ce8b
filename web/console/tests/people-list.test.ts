/** A pasted list becomes people, whatever stands between name and number. */
import { describe, expect, it } from "vitest";
import { peopleIn } from "../src/members/people-list.ts";

describe("a pasted list", () => {
  it.each([
    ["Arta Krasniqi, +383 44 123 456", "Arta Krasniqi", "+38344123456"],
    ["陈晓明\t+86 138 0013 8000", "陈晓明", "+8613800138000"],
    ['"Hoxha; Mira";0035569 123 4567', "Hoxha; Mira", "+355691234567"],
    ["Wei 2nd +1 (202) 555-0100", "Wei 2nd", "+12025550100"],
  ])("finds name and number in %s", (line, name, phone) => {
    expect(peopleIn(line)).toEqual([{ name, phone }]);
  });

  it("keeps the order, leaves empty lines out and shows what it cannot read", () => {
    const text = "Arta, +38344123456\r\n\r\n  \r\nno number here\n+38344123457\nWei +12025550100";
    expect(peopleIn(text).map((person) => person?.name ?? null)).toEqual([
      "Arta",
      null,
      null,
      "Wei",
    ]);
  });

  it("is nobody when it is empty", () => {
    expect(peopleIn(" \n")).toEqual([]);
  });
});
