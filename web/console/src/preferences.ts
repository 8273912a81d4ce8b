/** What this browser remembers: looks and habits only, never anything about a person. */
import { effect, type Signal, signal } from "@preact/signals";

const prefix = "silkroad.";

/** A choice that survives a reload; where storage is blocked it lives as long as the page. */
function remembered<T extends string>(name: string, options: readonly T[], usual: T): Signal<T> {
  const stored = read(name);
  const choice = signal(options.find((option) => option === stored) ?? usual);
  let first = true;
  effect(() => {
    const value = choice.value;
    if (!first) write(name, value);
    first = false;
  });
  return choice;
}

export const theme = remembered("theme", ["system", "light", "dark"], "system");
const details = remembered("details", ["open", "closed"], "open");
export const singleKeys = remembered("keys", ["on", "off"], "on");
/** Set by the agent, in contrast to being away because nothing was touched for a while. */
export const awayByHand = remembered("away", ["no", "yes"], "no");
export const spoken = remembered("language", ["", "en", "zh-CN", "sq"], "");

/** Where the details lie over the messages they start closed; the choice there is for the moment only. */
const hasRoom = () => matchMedia("(width >= 1360px)").matches;
export const detailsShown = signal(hasRoom() && details.peek() === "open");

export function toggleDetails() {
  detailsShown.value = !detailsShown.peek();
  if (hasRoom()) details.value = detailsShown.peek() ? "open" : "closed";
}

export function applyTheme() {
  effect(() => {
    const root = document.documentElement;
    if (theme.value === "system") root.removeAttribute("data-theme");
    else root.setAttribute("data-theme", theme.value);
  });
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

function write(name: string, value: string) {
  try {
    localStorage.setItem(prefix + name, value);
  } catch {
    // A browser that stores nothing still works; it only forgets.
  }
}
