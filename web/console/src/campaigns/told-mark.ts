/** Tells the server that a change was on the screen, and sends what waited for that. */
import { useEffect } from "preact/hooks";
import type { CampaignForMe } from "../../../wire/wire.ts";
import { ApiError } from "../api.ts";
import { resendRefused } from "../live/connection.ts";
import { campaigns } from "../operations.ts";

const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 60_000;

export function useTold({ text }: CampaignForMe) {
  useEffect(() => void tell(text.id, FIRST_WAIT), [text.id]);
}

/** It was seen, however soon it is closed: what cannot be sent now is tried again. */
async function tell(id: string, wait: number): Promise<void> {
  try {
    await campaigns.mark(id, "told");
    resendRefused("changes_unread");
  } catch (error) {
    if (error instanceof ApiError && error.isFinal) return;
    setTimeout(() => void tell(id, Math.min(wait * 2, LONGEST_WAIT)), wait);
  }
}
