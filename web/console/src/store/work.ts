/** Which loads are under way or have failed, by name, so that views can show it and offer a retry. */
import { signal } from "@preact/signals";
import { ApiError, problemOf } from "../api.ts";

export type Work = { state: "busy" } | { state: "failed"; error: ApiError };

const works = signal<ReadonlyMap<string, Work>>(new Map());

export const workOf = (name: string) => works.value.get(name);

/** Runs it unless it runs already; remembers a failure until the next try. */
export async function work(name: string, run: () => Promise<void>): Promise<void> {
  if (works.peek().get(name)?.state === "busy") return;
  note(name, { state: "busy" });
  try {
    await run();
    note(name, null);
  } catch (error) {
    note(name, { state: "failed", error: asApiError(error) });
  }
}

export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(problemOf(0, "unexpected"));
}

function note(name: string, entry: Work | null) {
  const next = new Map(works.peek());
  if (entry) next.set(name, entry);
  else next.delete(name);
  works.value = next;
}
