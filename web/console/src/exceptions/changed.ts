/** Counts the times that the exceptions have changed, or may have; their page looks again. */
import { signal } from "@preact/signals";

export const registerChanged = signal(0);
