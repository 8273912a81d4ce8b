// How a part of the chat asks the server for something: the page is busy meanwhile, and what went
// wrong is said in the part's own place.

import { explain } from "./explain.ts";
import { set } from "./state.ts";

/** Do it; `show` gets what is to be said: nothing at first, and words when it failed. */
export async function attempt(
  work: () => Promise<void> | void,
  show: (hint: string) => void,
  worded: (error: unknown) => string = explain,
): Promise<void> {
  show("");
  set({ busy: true });
  try {
    await work();
  } catch (error) {
    show(worded(error));
  }
  set({ busy: false });
}
