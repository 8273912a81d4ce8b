/** Counts the times that a change of the policy was announced; whoever shows them looks again. */
import { signal } from "@preact/signals";

export const campaignsChanged = signal(0);
