/** Counts the times that a feature was assessed, or may have been; the page looks again. */
import { signal } from "@preact/signals";

export const assessmentsChanged = signal(0);
