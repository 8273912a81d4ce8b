/** Puts the keyboard where the visitor will want it. */
export function focus(): void {
  const wanted = ["#text", ".main", "header button"];
  const found = wanted.map((one) => document.querySelector<HTMLElement>(one));
  found.find(Boolean)?.focus();
}
