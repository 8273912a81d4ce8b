/** The secret that a link carried in its fragment: out of the address bar, kept in memory only. */
import { takeToken } from "../router.ts";

let token = "";

/** Runs before anything else looks at the address. */
export function keepToken() {
  token = takeToken() || token;
}

export const secret = () => token;
