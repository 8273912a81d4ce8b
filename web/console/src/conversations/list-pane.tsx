/** The list of conversations: what it shows, how it is loaded, and what it says when there is nothing. */
import { useEffect } from "preact/hooks";
import { IconButton } from "../../../ui/button.tsx";
import { Empty, Skeleton, Trouble } from "../../../ui/states.tsx";
import { explain } from "../problem.tsx";
import { openConversation } from "../session/session.ts";
import { open } from "../shell/sheets.ts";
import { listWork, loadAfresh, loadList } from "../store/load.ts";
import { type ListKey, listName } from "../store/state.ts";
import {
  amAdmin,
  counts,
  currentList,
  inboxes,
  reaches,
  shownConversations,
} from "../store/store.ts";
import { workOf } from "../store/work.ts";
import { t } from "../words/index.ts";
import "./conversations.css";
import { Rows } from "./rows.tsx";

export function ListPane() {
  const list = currentList.value;
  const inbox = list.inbox ? inboxes.value.get(list.inbox) : undefined;
  return (
    <section class="list-pane" aria-label={t("list.label")}>
      <header class="pane-head">
        <span class="only-narrow">
          <IconButton icon="menu" label={t("shell.menu")} onClick={() => open({ kind: "menu" })} />
        </span>
        <h1 class="one-line">
          {t(`filter.${list.filter}`)}
          {inbox && <small class="one-line"> {inbox.name}</small>}
        </h1>
        <span class="only-narrow">
          <IconButton
            icon="search"
            label={t("palette.title")}
            onClick={() => open({ kind: "palette" })}
          />
        </span>
      </header>
      <Content list={list} />
    </section>
  );
}

function Content({ list }: { list: ListKey }) {
  const reach = reaches.value.get(listName(list));
  const afresh = workOf("afresh");
  const failure = [workOf(listWork(list)), afresh].find((work) => work?.state === "failed");
  const items = shownConversations.value;
  useEffect(() => {
    if (!reach && !afresh && counts.peek()) void loadList(list);
  }, [listName(list), reach, afresh]);
  if (items.length > 0) return <Rows list={list} items={items} more={Boolean(reach?.next)} />;
  if (reach) return <NothingHere list={list} />;
  if (failure?.state !== "failed") return <Skeleton rows={8} label={t("loading")} />;
  return (
    <Trouble
      title={t("list.trouble")}
      detail={explain(failure.error)}
      retry={t("action.retry")}
      onRetry={() => loadAfresh(openConversation())}
    />
  );
}

function NothingHere({ list }: { list: ListKey }) {
  const fresh = list.filter === "all" && !list.inbox && (counts.value?.closed ?? 0) === 0;
  return (
    <Empty
      icon={fresh ? "inbox" : "checkRound"}
      title={t(fresh ? "list.first_title" : `list.empty_${list.filter}`)}
    >
      {fresh ? (
        <>
          <p>{t("list.first")}</p>
          {amAdmin.value && <a href="/settings/inboxes">{t("list.first_link")}</a>}
        </>
      ) : (
        <p>{t("list.empty_hint")}</p>
      )}
    </Empty>
  );
}
