/** What an agent does with a conversation: assign, hand over, close, reopen, snooze. Each can be undone from its toast. */
import { toast } from "../../../ui/toast.tsx";
import type { Conversation, ConversationState } from "../../../wire/wire.ts";
import { moment } from "../format.ts";
import { memberName } from "../names.ts";
import { conversations } from "../operations.ts";
import { explain } from "../problem.tsx";
import { conversationPath, go, listPath, route } from "../router.ts";
import { currentList, dispatch, me, shownConversations, snapshot } from "../store/store.ts";
import { asApiError } from "../store/work.ts";
import { t } from "../words/index.ts";

export async function assign(id: string, member: string | null, note?: string) {
  const before = snapshot().conversations.get(id)?.assignee_id ?? null;
  const done = await change(() => conversations.assign(id, member, note));
  if (!done) return;
  const said = member
    ? t(member === me.peek()?.member.id ? "assign.done_me" : "assign.done", {
        name: memberName(member),
      })
    : t("assign.done_nobody");
  tell(said, note ? undefined : () => assign(id, before));
}

export async function close(id: string) {
  const next = neighbour(id);
  if (!(await setState(id, "closed"))) return;
  if (isOpen(id)) go(next ? conversationPath(next.id) : backPath(), { replace: true });
  tell(t("close.done"), () => reopen(id));
}

export async function reopen(id: string) {
  if (await setState(id, "open")) tell(t("reopen.done"));
}

export async function snooze(id: string, until: number) {
  const next = neighbour(id);
  if (!(await setState(id, "snoozed", until))) return;
  if (isOpen(id)) go(next ? conversationPath(next.id) : backPath(), { replace: true });
  tell(t("snooze.done", { time: moment(until) }), () => reopen(id));
}

/** The list that the agent came from. */
export function backPath(): string {
  const { filter, inbox } = currentList.peek();
  return listPath(filter, inbox);
}

function isOpen(id: string): boolean {
  const now = route.peek();
  return now.page === "conversation" && now.id === id;
}

function neighbour(id: string): Conversation | undefined {
  const list = shownConversations.peek();
  const at = list.findIndex((item) => item.id === id);
  return at < 0 ? undefined : (list[at + 1] ?? list[at - 1]);
}

function setState(id: string, state: ConversationState, until?: number) {
  return change(() => conversations.setState(id, state, until));
}

async function change(run: () => Promise<Conversation>): Promise<boolean> {
  try {
    dispatch({ t: "updated", conversation: await run() });
    return true;
  } catch (error) {
    toast(explain(asApiError(error)), { tone: "danger" });
    return false;
  }
}

function tell(text: string, undo?: () => unknown) {
  toast(text, undo ? { action: { label: t("action.undo"), run: () => void undo() } } : {});
}
