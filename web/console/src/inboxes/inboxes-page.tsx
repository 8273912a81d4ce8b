/** The websites that visitors write from: a list, and the editor of one. */
import { Tag } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { Empty, Skeleton } from "../../../ui/states.tsx";
import type { Inbox } from "../../../wire/wire.ts";
import { go, settingsPath } from "../router.ts";
import { Part } from "../settings/part.tsx";
import { inboxes } from "../store/store.ts";
import { workOf } from "../store/work.ts";
import { count, t } from "../words/index.ts";
import { AgeGatePart } from "./age-gate.tsx";
import { ArchivePart } from "./archive.tsx";
import { InboxEditor } from "./editor.tsx";
import { Embed } from "./embed.tsx";
import { IdentityPart } from "./identity.tsx";
import "./inboxes.css";
import { PublishingPart } from "./publishing.tsx";

export function InboxesPage({ id }: { id: string | null }) {
  const inbox = id ? inboxes.value.get(id) : undefined;
  if (id === "new") return <InboxEditor key="new" inbox={null} />;
  if (inbox) return <OneInbox key={inbox.id} inbox={inbox} />;
  if (id) return <Empty icon="stack" title={t("inbox.gone")} />;
  return <AllInboxes />;
}

function OneInbox({ inbox }: { inbox: Inbox }) {
  return (
    <>
      <p class="crumbs">
        <a href={settingsPath("inboxes")}>{t("settings.inboxes")}</a>{" "}
        <Icon name="forward" size={14} /> <strong>{inbox.name}</strong>
      </p>
      <Embed inbox={inbox} />
      <InboxEditor inbox={inbox} />
      <IdentityPart inbox={inbox} />
      <ArchivePart inbox={inbox} />
    </>
  );
}

function AllInboxes() {
  const open = [...inboxes.value.values()].filter((inbox) => inbox.archived_at === null);
  const create = (
    <Button kind="primary" icon="plus" onClick={() => go(settingsPath("inboxes", "new"))}>
      {t("inbox.new")}
    </Button>
  );
  if (open.length === 0 && workOf("people")?.state === "busy")
    return <Skeleton rows={3} label={t("loading")} />;
  if (open.length === 0) {
    return (
      <Empty icon="stack" title={t("inbox.none_title")}>
        <p>{t("inbox.none")}</p>
        {create}
      </Empty>
    );
  }
  return (
    <>
      <Part title={t("inbox.websites")} hint={t("inbox.about")} side={create}>
        <ul class="plain-list">
          {open.map((inbox) => (
            <li key={inbox.id}>
              <a class="inbox-line" href={settingsPath("inboxes", inbox.id)}>
                <i class="inbox-dot" style={{ "--inbox": inbox.color }} />
                <span class="item-name">
                  <span>
                    <strong>{inbox.name}</strong>{" "}
                    {inbox.office_hours && <Tag>{t("inbox.has_hours")}</Tag>}
                    <span class="hint">
                      {count("inbox.agents", inbox.member_ids.length)} ·{" "}
                      {inbox.allowed_origins.join(", ") || t("inbox.no_origin")}
                    </span>
                  </span>
                </span>
                <Icon name="forward" size={16} />
              </a>
            </li>
          ))}
        </ul>
      </Part>
      <AgeGatePart />
      <PublishingPart />
    </>
  );
}
