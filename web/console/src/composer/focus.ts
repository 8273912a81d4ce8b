/** Lets a shortcut put the cursor into the composer, in the right mode. */
import { signal } from "@preact/signals";

export type Mode = "reply" | "note";

/** What the composer writes: an answer to the visitor or a note to colleagues. */
export const mode = signal<Mode>("reply");

export function focusComposer(next: Mode) {
  mode.value = next;
  // At once: what is typed right after the shortcut belongs into the field.
  document.querySelector<HTMLElement>(".composer textarea")?.focus();
}
