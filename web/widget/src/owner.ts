// Whose choices are on the screen, and what may be chosen.

import { state } from "./state.ts";

let read = state.config;
let visits = 0;

/** Somebody is here who may have agreed to something. */
export const known = (): boolean => Boolean(state.visitor ?? state.config?.held);

/** Somebody is here of whom something is asked first: their age, or a guardian's consent. */
export const held = (): boolean => state.view !== "chat" && Boolean(state.config?.held);

/** Who is held is not named: whoever is there when the server is asked again may be another one. */
export function owner(): string {
  if (read !== state.config) {
    read = state.config;
    visits += 1;
  }
  return state.visitor?.visitor.id ?? `held ${visits}`;
}
