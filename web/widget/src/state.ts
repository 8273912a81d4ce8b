// Everything the frame shows, in one place. Change it with set(); the screen follows by itself.

import type { ComponentChild } from "preact";
import type { FileInfo, Language, Message, VisitorState, WidgetConfig } from "../../wire/wire.ts";
import type { Waiting } from "./queue.ts";
import { type Words, words } from "./words/index.ts";

export interface Upload {
  key: string;
  name: string;
  preview: string | null; // blob: address of a picture
  part: number; // 0 to 1
  file: FileInfo | null; // there when the server has it
  stop: AbortController;
}

export interface State {
  view: "loading" | "trouble" | "notice" | "guardian" | "chat";
  config: WidgetConfig | null;
  language: Language;
  visitor: VisitorState | null;
  page: string | null; // where the visitor is
  open: boolean;
  about: boolean;
  emoji: boolean;
  picture: (() => ComponentChild) | null; // one picture, as large as the frame allows
  birth: string; // as the visitor typed it: YYYY-MM-DD, or nothing
  young: typeof import("./guardian.tsx") | null; // fetched where ages are asked for
  busy: boolean;
  hint: string; // one sentence that asks for attention
  spoken: string; // what a screen reader should say now
  connected: boolean;
  messages: Message[]; // by seq
  more: boolean; // there are older ones
  sending: (Waiting & { failed?: string })[];
  uploads: Upload[];
  typing: string | null;
  answered: number; // the team has read up to here
  unread: number;
  wake: "offer" | "asked" | "declined";
  told: (() => ComponentChild) | null; // shows what has changed of the policy
  answers: number; // how often the visitor's consents have changed
}

export const state: State = {
  view: "loading",
  config: null,
  language: "en",
  visitor: null,
  page: null,
  open: false,
  about: false,
  emoji: false,
  picture: null,
  birth: "",
  young: null,
  busy: false,
  hint: "",
  spoken: "",
  connected: true,
  messages: [],
  more: false,
  sending: [],
  uploads: [],
  typing: null,
  answered: 0,
  unread: 0,
  wake: "offer",
  told: null,
  answers: 0,
};

let paint = () => {};
let due = false;

export function onChange(listener: () => void): void {
  paint = listener;
}

export function set(change: Partial<State>): void {
  Object.assign(state, change);
  if (due) return;
  due = true;
  queueMicrotask(() => {
    due = false;
    paint();
  });
}

export const say = (): Words => words[state.language];
