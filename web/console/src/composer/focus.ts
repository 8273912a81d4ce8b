/** Lets a shortcut put the cursor into the composer, in the right mode. */
import { signal } from "@preact/signals";

export type Mode = "reply" | "note";

/** What the composer writes: an answer to the visitor or a note to colleagues. */
export const mode = signal<Mode>("reply");

export function focusComposer(next: Mode) {
  mode.value = next;
  // The field may only now be drawn for the other mode.
  requestAnimationFrame(() => document.querySelector<HTMLElement>(".composer textarea")?.focus());
}
