// The inbox's colour on the page, with a text colour that can be read on it.

import { textOn } from "./color.ts";

export function paint(color: string): void {
  const { style } = document.documentElement;
  style.setProperty("--color", color);
  style.setProperty("--on-color", textOn(color));
}
