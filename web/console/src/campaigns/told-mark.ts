/** Tells the server that a change is on the screen. */
import { useEffect } from "preact/hooks";
import type { CampaignForMe } from "../../../wire/wire.ts";
import { campaigns } from "../operations.ts";

/** What could not be sent is sent the next time. */
export function useTold({ text }: CampaignForMe) {
  useEffect(() => void campaigns.mark(text.id, "told").catch(() => null), [text.id]);
}
