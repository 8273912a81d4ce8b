/** Counts the times that the server said the exceptions have changed; their page looks again. */
import { signal } from "@preact/signals";

export const registerChanged = signal(0);
