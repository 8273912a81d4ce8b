// A company may choose any colour; what stands on it stays readable.

import { expect, test } from "vitest";
import { isColor, textOn } from "../src/color.ts";

test("text is white on dark colours and black on light ones, never below 4.5 : 1", () => {
  expect(["#000000", "#0b6e66", "#b3261e", "#1e88e5", "#ffd54f", "#ffffff"].map(textOn)).toEqual([
    "#fff",
    "#fff",
    "#fff",
    "#000",
    "#000",
    "#000",
  ]);
});

test("what is not a colour is not used", () => {
  expect(["#0b6e66", "red", "#fff", "#0b6e66;x:y", 7, null].filter(isColor)).toEqual(["#0b6e66"]);
});
