/** What people ask the company's privacy contact: the open ones by when they are due, and the closed. */
import { useEffect, useState } from "preact/hooks";
import { Choice } from "../../../ui/field.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { Empty, Notice, Skeleton, Trouble } from "../../../ui/states.tsx";
import { requests } from "../operations.ts";
import { explain } from "../problem.tsx";
import { go, settingsPath } from "../router.ts";
import { Showing, useLoaded } from "../settings/loading.tsx";
import { Part } from "../settings/part.tsx";
import { workOf } from "../store/work.ts";
import { t } from "../words/index.ts";
import { OpenRequest } from "./request.tsx";
import { RequestRows } from "./rows.tsx";
import { loadRequests, openRequests, requestsWork } from "./state.ts";

export function RequestsPage({ id }: { id: string | null }) {
  useEffect(() => void loadRequests(), [id]);
  if (!id) return <AllRequests />;
  return (
    <>
      <p class="crumbs">
        <a href={settingsPath("requests")}>{t("settings.requests")}</a>{" "}
        <Icon name="forward" size={14} />{" "}
        <strong>{openRequests.value?.find((item) => item.id === id)?.reference}</strong>
      </p>
      <OpenRequest key={id} id={id} />
    </>
  );
}

const open = (item: { id: string }) => go(settingsPath("requests", item.id));

function AllRequests() {
  const [which, setWhich] = useState<"open" | "closed">("open");
  return (
    <Part title={t("requests.title")} hint={t("requests.about")}>
      <Choice
        label={t("requests.which")}
        value={which}
        onValue={setWhich}
        options={[
          { value: "open", label: t("requests.open") },
          { value: "closed", label: t("requests.closed") },
        ]}
      />
      {which === "open" ? <Open /> : <Closed />}
    </Part>
  );
}

function Open() {
  const items = openRequests.value;
  const state = workOf(requestsWork);
  if (state?.state === "failed") {
    return (
      <Trouble
        title={t("settings.trouble")}
        detail={explain(state.error)}
        retry={t("action.retry")}
        onRetry={loadRequests}
      />
    );
  }
  if (!items) return <Skeleton rows={3} kind="lines" label={t("loading")} />;
  if (items.length === 0) {
    return (
      <Empty icon="checkRound" title={t("requests.none_title")}>
        <p>{t("requests.none")}</p>
      </Empty>
    );
  }
  return (
    <>
      {items.some((item) => item.breached) && (
        <Notice tone="danger">{t("requests.overdue_hint")}</Notice>
      )}
      <RequestRows items={items} open={open} />
    </>
  );
}

function Closed() {
  const list = useLoaded(() => requests.list({ closed: true }));
  return (
    <Showing loaded={list}>
      {({ items }) =>
        items.length === 0 ? (
          <p class="hint">{t("requests.none_closed")}</p>
        ) : (
          <RequestRows items={items} open={open} />
        )
      }
    </Showing>
  );
}
