/** Which dialog of the console is open; there is never more than one. */
import { signal } from "@preact/signals";

export type Sheet =
  | { kind: "palette" }
  | { kind: "help" }
  | { kind: "menu" }
  | { kind: "assign"; conversation: string }
  | { kind: "hand_over"; conversation: string }
  | { kind: "snooze"; conversation: string }
  | { kind: "snooze_until"; conversation: string };

export const sheet = signal<Sheet | null>(null);

export const open = (next: Sheet) => {
  sheet.value = next;
};

export const shut = () => {
  sheet.value = null;
};
