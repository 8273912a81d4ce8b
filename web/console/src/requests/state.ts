/** The requests to the company's privacy contact that are open, for the page and for its mark. */
import { computed, signal } from "@preact/signals";
import type { RequestSummary } from "../../../wire/wire.ts";
import { requests } from "../operations.ts";
import { amAdmin } from "../store/store.ts";
import { work } from "../store/work.ts";

export const openRequests = signal<readonly RequestSummary[] | null>(null);

/** How many of them wait for us. */
export const waitingRequests = computed(
  () => (openRequests.value ?? []).filter((item) => item.state !== "answered").length,
);

/** Counts up whenever somebody was erased, or may have been while nobody listened. */
export const erasuresEnded = signal(0);

export const requestsWork = "requests";

/** Only administrators answer them. */
export function loadRequests(): Promise<void> {
  if (!amAdmin.peek()) {
    openRequests.value = null;
    return Promise.resolve();
  }
  return work(requestsWork, async () => {
    openRequests.value = (await requests.list({ closed: false })).items;
  });
}
