/** Listens to the keyboard: single keys and g-then-letter when nothing is being typed, Ctrl/Cmd-K always. */
import { singleKeys } from "../preferences.ts";
import { available } from "./actions.ts";
import { open, sheet, shut } from "./sheets.ts";

const patience = 1_200;

export function listenToKeys(): () => void {
  let first = "";
  let since = 0;
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (isPaletteKey(event)) {
      event.preventDefault();
      if (sheet.peek()?.kind === "palette") shut();
      else open({ kind: "palette" });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || singleKeys.peek() === "off") return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const begun = Date.now() - since < patience ? first : "";
    const keys = begun ? `${begun} ${event.key}` : event.key;
    first = !begun && event.key === "g" ? "g" : "";
    since = Date.now();
    const action = available().find((item) => item.keys === keys);
    if (!action) return;
    event.preventDefault();
    action.run();
  };
  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
}

function isPaletteKey(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "k";
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || ["TEXTAREA", "SELECT"].includes(target.tagName)) return true;
  return (
    target instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(target.type)
  );
}
