/** The present as a signal that moves every half minute, for waiting times and day names. */
import { signal } from "@preact/signals";

const pace = 30_000;

export const now = signal(Date.now());

export function startClock() {
  const tick = () => {
    now.value = Date.now();
  };
  setInterval(tick, pace);
  document.addEventListener("visibilitychange", tick);
}
