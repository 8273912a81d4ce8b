/** One conversation: loaded when opened, its head, messages, composer and details; or the invitation to choose one. */
import { useEffect } from "preact/hooks";
import { Mark } from "../../../ui/brand/mark.tsx";
import { Keys } from "../../../ui/keys.tsx";
import { Skeleton, Trouble } from "../../../ui/states.tsx";
import type { Conversation } from "../../../wire/wire.ts";
import { Composer } from "../composer/composer.tsx";
import { mode } from "../composer/focus.ts";
import { cursor } from "../conversations/cursor.ts";
import { detailsShown } from "../preferences.ts";
import { explain } from "../problem.tsx";
import { route } from "../router.ts";
import { loadThread, threadWork } from "../store/load.ts";
import type { Thread as Messages } from "../store/state.ts";
import { conversations, threads } from "../store/store.ts";
import { workOf } from "../store/work.ts";
import { t } from "../words/index.ts";
import "./conversation.css";
import { Details } from "./details.tsx";
import { Head } from "./head.tsx";
import { Thread } from "./thread.tsx";
import { backPath } from "./verbs.ts";
import { WhoWrites } from "./who-writes.tsx";

export function ConversationPane() {
  const page = route.value;
  if (page.page !== "conversation") return <NoneChosen />;
  return <Loaded key={page.id} id={page.id} />;
}

function Loaded({ id }: { id: string }) {
  const conversation = conversations.value.get(id);
  const thread = threads.value.get(id);
  const afresh = workOf("afresh")?.state === "busy";
  const loading = workOf(threadWork(id));
  useEffect(() => {
    mode.value = "reply";
    cursor.value = { id, focus: false };
  }, [id]);
  useEffect(() => {
    if (!thread && !loading && !afresh) void loadThread(id);
  }, [id, thread, loading, afresh]);
  if (conversation && thread) return <Open conversation={conversation} thread={thread} />;
  if (loading?.state !== "failed") return <Skeleton kind="bubbles" rows={5} label={t("loading")} />;
  const lost = loading.error.problem.status === 404;
  return lost ? (
    <Trouble title={t("conversation.gone")} detail={t("conversation.gone_hint")} />
  ) : (
    <Trouble
      title={t("conversation.trouble")}
      detail={explain(loading.error)}
      retry={t("action.retry")}
      onRetry={() => loadThread(id)}
    />
  );
}

function Open({ conversation, thread }: { conversation: Conversation; thread: Messages }) {
  return (
    <div class="conversation">
      <div class="conversation-main">
        <Head conversation={conversation} back={backPath()} />
        <Thread conversation={conversation} thread={thread} />
        <WhoWrites conversation={conversation} />
        <Composer conversation={conversation} />
      </div>
      {detailsShown.value && <Details conversation={conversation} />}
    </div>
  );
}

function NoneChosen() {
  return (
    <div class="none-chosen">
      <Mark size={44} />
      <p>{t("conversation.choose")}</p>
      <p class="none-keys">
        <Keys>j</Keys> <Keys>k</Keys> {t("conversation.choose_keys")} · <Keys>?</Keys>{" "}
        {t("help.title")}
      </p>
    </div>
  );
}
