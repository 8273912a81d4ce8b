/** The number of unread messages, on the tab's title and on the installed app's icon. */
import { effect } from "@preact/signals";
import { counts } from "../store/store.ts";

export function showBadge(): () => void {
  return effect(() => {
    const unread = counts.value?.unread ?? 0;
    document.title = unread > 0 ? `(${unread}) Silkroad` : "Silkroad";
    const badge = unread > 0 ? navigator.setAppBadge?.(unread) : navigator.clearAppBadge?.();
    // Some browsers refuse when the app is not installed; the title still tells.
    badge?.catch(() => undefined);
  });
}
