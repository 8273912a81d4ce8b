/** j and k: through the list with the focus, or from one open conversation to the next. */
import { signal } from "@preact/signals";
import { conversationPath, go } from "../router.ts";
import { openConversation } from "../session/session.ts";
import { shownConversations } from "../store/store.ts";

/** The row that the keyboard is on; the list keeps it in view, and focuses it if that is wanted. */
export const cursor = signal<{ id: string; focus: boolean } | null>(null);

export function step(by: 1 | -1) {
  const list = shownConversations.peek();
  const opened = openConversation();
  const at = list.findIndex((item) => item.id === (opened ?? cursor.peek()?.id));
  const next = list[at < 0 ? 0 : Math.min(Math.max(at + by, 0), list.length - 1)];
  if (!next) return;
  cursor.value = { id: next.id, focus: !opened };
  if (opened) go(conversationPath(next.id), { replace: true });
}
