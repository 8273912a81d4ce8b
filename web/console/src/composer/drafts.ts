/** What was begun and not sent, per conversation and mode. In memory only: drafts are personal. */
import { computed, signal } from "@preact/signals";
import type { FileInfo } from "../../../wire/wire.ts";
import type { ApiError } from "../api.ts";
import type { Mode } from "./focus.ts";

export interface Attachment {
  key: string;
  name: string;
  bytes: number;
  /** A local picture of the picture. */
  preview: string | null;
  progress: number;
  file: FileInfo | null;
  error: ApiError | null;
  cancel: () => void;
}

export interface Draft {
  text: string;
  attachments: readonly Attachment[];
}

const blank: Draft = { text: "", attachments: [] };
const drafts = signal<ReadonlyMap<string, Draft>>(new Map());
const keyOf = (conversation: string, mode: Mode) => `${conversation} ${mode}`;

export function draftOf(conversation: string, mode: Mode): Draft {
  return drafts.value.get(keyOf(conversation, mode)) ?? blank;
}

export function setDraft(conversation: string, mode: Mode, change: (draft: Draft) => Draft) {
  const key = keyOf(conversation, mode);
  const next = new Map(drafts.peek());
  const draft = change(next.get(key) ?? blank);
  if (draft.text || draft.attachments.length > 0) next.set(key, draft);
  else next.delete(key);
  drafts.value = next;
}

export const clearDraft = (conversation: string, mode: Mode) =>
  setDraft(conversation, mode, () => blank);

/** Forgets everything, when the agent signs out. */
export function forgetDrafts() {
  drafts.value = new Map();
}

const begun = computed(() => new Set([...drafts.value.keys()].map((key) => key.split(" ")[0])));
export const hasDraft = (conversation: string) => begun.value.has(conversation);
