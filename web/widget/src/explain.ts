// What went wrong, in words that help.

import type { Trouble } from "./api.ts";
import { say, state } from "./state.ts";
import { size } from "./when.ts";

export function explain(error: unknown): string {
  const words = say();
  const { status, retry } = error as Trouble; // whatever else was thrown has neither
  if (status === 0) return words.no_network;
  if (status === 403) return words.origin;
  if (status === 404 || status === 410) return words.gone;
  if (status === 413) return words.too_big(size(state.config?.limits.file_bytes ?? 0, words));
  if (status === 415) return words.file_type;
  if (status === 428) return words.notice_changed;
  if (status === 429) return words.slow_down(retry || 10);
  return words.broken;
}
