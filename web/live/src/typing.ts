// "… is typing": ours at most every 3 s while it lasts, theirs forgotten 6 s after the last sign.

import type { Author } from "../../wire/wire.ts";

const REPEAT = 3_000;
const FORGET = 6_000;

export interface Typing {
  /** Call it on every key press with true, and with false when the field is empty or sent. */
  own(conversation: string, on: boolean): void;
  theirs(conversation: string, author: Author, on: boolean): void;
}

export function typing(
  send: (conversation: string, on: boolean) => void,
  tell: (conversation: string, author: Author, on: boolean) => void,
  now: () => number,
): Typing {
  const said = new Map<string, number>();
  const forget = new Map<string, ReturnType<typeof setTimeout>>();

  return {
    own(conversation, on) {
      const last = said.get(conversation);
      if (on && last !== undefined && now() - last < REPEAT) return;
      if (!on && last === undefined) return;
      if (on) said.set(conversation, now());
      else said.delete(conversation);
      send(conversation, on);
    },
    theirs(conversation, author, on) {
      const key = `${conversation} ${author.kind} ${author.id}`;
      if (!on && !forget.has(key)) return;
      clearTimeout(forget.get(key));
      forget.delete(key);
      if (on) {
        const end = () => {
          forget.delete(key);
          tell(conversation, author, false);
        };
        forget.set(key, setTimeout(end, FORGET));
      }
      tell(conversation, author, on);
    },
  };
}
