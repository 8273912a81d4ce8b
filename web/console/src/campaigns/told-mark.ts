/** Tells the server that a change was on the screen, and sends what waited for that. */
import { useEffect } from "preact/hooks";
import type { CampaignForMe } from "../../../wire/wire.ts";
import { ApiError } from "../api.ts";
import { resendRefused } from "../live/connection.ts";
import { campaigns } from "../operations.ts";
import { me } from "../store/store.ts";

const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 60_000;

/** Whom the server is being told of, and what they saw. */
const telling = new Set<string>();
const whose = () => me.value?.member.id;

export function useTold({ text }: CampaignForMe) {
  useEffect(() => {
    const who = whose();
    const both = `${who} ${text.id}`;
    if (!who || telling.has(both)) return;
    telling.add(both);
    void tell(text.id, who).finally(() => telling.delete(both));
  }, [text.id]);
}

/** It was seen, however soon it is closed: what cannot be sent now is tried again, for the same one. */
async function tell(id: string, who: string): Promise<void> {
  for (let wait = FIRST_WAIT; who === whose(); wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      await campaigns.mark(id, "told");
      return resendRefused("changes_unread");
    } catch (error) {
      if (error instanceof ApiError && error.isFinal) return;
    }
    await new Promise((again) => setTimeout(again, wait));
  }
}
