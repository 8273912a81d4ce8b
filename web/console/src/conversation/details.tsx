/** Beside the messages: what is known about the visitor and this conversation. */
import type { ComponentChildren } from "preact";
import { Avatar } from "../../../ui/avatar.tsx";
import { Tag } from "../../../ui/badge.tsx";
import { IconButton } from "../../../ui/button.tsx";
import type { Conversation } from "../../../wire/wire.ts";
import { moment, span } from "../format.ts";
import { memberName, visitorName } from "../names.ts";
import { now } from "../now.ts";
import { toggleDetails } from "../preferences.ts";
import { inboxes } from "../store/store.ts";
import { languageNames, t } from "../words/index.ts";
import "./details.css";

/** One address and nothing more: what it says of a subject or a copy to others is part of it. */
const whole = (address: string) => encodeURIComponent(address).replace("%40", "@");

export function Details({ conversation }: { conversation: Conversation }) {
  const { visitor, waiting_since, state, assignee_id } = conversation;
  const inbox = inboxes.value.get(conversation.inbox_id);
  return (
    <aside class="details" aria-label={t("details.title")}>
      <div class="details-head">
        <h2>{t("details.title")}</h2>
        <IconButton icon="close" label={t("action.dismiss")} onClick={toggleDetails} />
      </div>
      <div class="details-person">
        <Avatar id={visitor.id} name={visitorName(visitor)} size={56} shape="square" />
        <strong>{visitorName(visitor)}</strong>
        <Tag tone={visitor.verified ? "good" : "plain"}>
          {t(visitor.verified ? "visitor.verified" : "visitor.unverified")}
        </Tag>
      </div>
      <dl class="facts">
        {visitor.email && (
          <Fact name={t("visitor.email")}>
            <a href={`mailto:${whole(visitor.email)}`}>{visitor.email}</a>
          </Fact>
        )}
        {visitor.phone && (
          <Fact name={t("visitor.phone")}>
            <a href={`tel:${whole(visitor.phone)}`}>{visitor.phone}</a>
          </Fact>
        )}
        <Fact name={t("visitor.language")}>{languageNames[visitor.language]}</Fact>
        <Fact name={t("visitor.since")}>{moment(visitor.created_at)}</Fact>
        <Fact name={t("details.inbox")}>{inbox?.name ?? "–"}</Fact>
        <Fact name={t("details.assignee")}>
          {assignee_id ? memberName(assignee_id) : t("assign.unassigned")}
        </Fact>
        <Fact name={t("details.state")}>{t(`state.${state}`)}</Fact>
        {waiting_since !== null && (
          <Fact name={t("list.waiting")}>{span(now.value - waiting_since)}</Fact>
        )}
      </dl>
    </aside>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
