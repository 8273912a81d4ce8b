/** Above the messages: with whom, where, who answers, and what can be done. */
import { Avatar } from "../../../ui/avatar.tsx";
import { Tag } from "../../../ui/badge.tsx";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Icon } from "../../../ui/icon.tsx";
import type { Conversation } from "../../../wire/wire.ts";
import { moment } from "../format.ts";
import { memberName, visitorName } from "../names.ts";
import { detailsShown, toggleDetails } from "../preferences.ts";
import { go } from "../router.ts";
import { open } from "../shell/sheets.ts";
import { inboxes, me } from "../store/store.ts";
import { t } from "../words/index.ts";
import { close, reopen } from "./verbs.ts";
import "./head.css";

export function Head({ conversation, back }: { conversation: Conversation; back: string }) {
  const { id, visitor, state, assignee_id, snoozed_until } = conversation;
  const inbox = inboxes.value.get(conversation.inbox_id);
  return (
    <header class="conversation-head">
      <span class="only-phone">
        <IconButton icon="back" label={t("action.back")} keys="u" onClick={() => go(back)} />
      </span>
      <Avatar id={visitor.id} name={visitorName(visitor)} shape="square" />
      <div class="head-who">
        <h1 class="one-line">
          {visitorName(visitor)}
          {visitor.verified && (
            <span class="verified" title={t("visitor.verified")}>
              <Icon name="checkRound" size={15} />
              <span class="for-screen-readers">{t("visitor.verified")}</span>
            </span>
          )}
        </h1>
        <p class="one-line">
          {inbox && (
            <>
              <i class="inbox-dot" style={{ "--inbox": inbox.color }} />
              {inbox.name}
            </>
          )}
          {state === "closed" && <Tag>{t("state.closed")}</Tag>}
          {state === "snoozed" && (
            <Tag tone="warn">
              {snoozed_until
                ? t("list.snoozed_until", { time: moment(snoozed_until) })
                : t("state.snoozed")}
            </Tag>
          )}
        </p>
      </div>
      <button
        type="button"
        class="assignee"
        title={`${t("action.assign")} (a)`}
        aria-keyshortcuts="a"
        onClick={() => open({ kind: "assign", conversation: id })}
      >
        {assignee_id ? (
          <Avatar id={assignee_id} name={memberName(assignee_id)} size={24} />
        ) : (
          <Icon name="person" />
        )}
        <span class="one-line">
          <span class="for-screen-readers">{t("action.assign")}: </span>
          {assignee_id === null
            ? t("assign.unassigned")
            : assignee_id === me.value?.member.id
              ? t("assign.yours")
              : memberName(assignee_id)}
        </span>
      </button>
      <IconButton
        icon="snooze"
        label={t("action.snooze")}
        keys="s"
        onClick={() => open({ kind: "snooze", conversation: id })}
      />
      <span class="head-close">
        {state === "open" ? (
          <Button icon="check" title={`${t("action.close")} (e)`} onClick={() => close(id)}>
            {t("action.close")}
          </Button>
        ) : (
          <Button icon="reply" title={`${t("action.reopen")} (e)`} onClick={() => reopen(id)}>
            {t("action.reopen")}
          </Button>
        )}
      </span>
      <IconButton
        icon="panel"
        label={t("action.details")}
        keys="d"
        pressed={detailsShown.value}
        onClick={toggleDetails}
      />
    </header>
  );
}
