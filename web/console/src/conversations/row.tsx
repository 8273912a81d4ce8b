/** One conversation in the list: who, where, since when, the last words, and what asks for attention. */
import { Avatar } from "../../../ui/avatar.tsx";
import { Count, Tag } from "../../../ui/badge.tsx";
import { classes } from "../../../ui/classes.ts";
import { Icon } from "../../../ui/icon.tsx";
import type { Conversation } from "../../../wire/wire.ts";
import { hasDraft } from "../composer/drafts.ts";
import { moment, span, when } from "../format.ts";
import { authorName, memberName, visitorName } from "../names.ts";
import { now } from "../now.ts";
import { conversationPath, route } from "../router.ts";
import { inboxes, typing } from "../store/store.ts";
import { count, t } from "../words/index.ts";

const long = 30 * 60_000;
const soon = 5 * 60_000;

export function Row({ conversation }: { conversation: Conversation }) {
  const { id, visitor, preview, unread } = conversation;
  const current = route.value.page === "conversation" && route.value.id === id;
  const inbox = inboxes.value.get(conversation.inbox_id);
  const at = preview?.at ?? conversation.created_at;
  return (
    <a
      href={conversationPath(id)}
      class={classes("conversation-row", unread > 0 && "unread")}
      aria-current={current ? "page" : undefined}
      data-id={id}
    >
      <Avatar id={visitor.id} name={visitorName(visitor)} shape="square" />
      <span class="row-main">
        <span class="row-line">
          <span class="row-name one-line">{visitorName(visitor)}</span>
          <time dateTime={new Date(at).toISOString()} title={moment(at)}>
            {when(at, now.value)}
          </time>
        </span>
        <span class="row-line">
          <Preview conversation={conversation} />
          <Count value={unread} label={count("list.unread", unread)} />
        </span>
        <span class="row-line row-marks">
          {inbox && (
            <span class="inbox-mark one-line">
              <i class="inbox-dot" style={{ "--inbox": inbox.color }} />
              {inbox.name}
            </span>
          )}
          <Marks conversation={conversation} />
        </span>
      </span>
    </a>
  );
}

function Preview({ conversation }: { conversation: Conversation }) {
  const writing = typing.value.get(conversation.id)?.some((author) => author.kind === "visitor");
  if (writing) return <span class="row-preview writing one-line">{t("list.writing")}</span>;
  if (hasDraft(conversation.id)) {
    return (
      <span class="row-preview one-line">
        <em>{t("list.draft")}</em>
      </span>
    );
  }
  const { preview } = conversation;
  if (!preview) return <span class="row-preview one-line">{t("list.no_message")}</span>;
  const text = preview.text || t("list.file");
  return (
    <span class="row-preview one-line" dir="auto">
      {preview.author.kind === "member" && `${authorName(preview.author)}: `}
      {preview.has_files && <Icon name="clip" size={13} />}
      {text}
    </span>
  );
}

function Marks({ conversation }: { conversation: Conversation }) {
  const { waiting_since, snoozed_until, assignee_id, state } = conversation;
  const waited = waiting_since === null ? 0 : now.value - waiting_since;
  return (
    <>
      {state === "snoozed" && snoozed_until !== null && (
        <span class="row-mark" title={t("list.snoozed_until", { time: moment(snoozed_until) })}>
          <Icon name="snooze" size={13} /> {when(snoozed_until, now.value)}
        </span>
      )}
      {waiting_since !== null && state === "open" && (
        <Tag tone={waited > long ? "danger" : waited > soon ? "warn" : "plain"}>
          <span class="for-screen-readers">{t("list.waiting")} </span>
          <Icon name="clock" size={12} /> {span(waited)}
        </Tag>
      )}
      {assignee_id && (
        <span title={t("list.assigned_to", { name: memberName(assignee_id) })}>
          <Avatar id={assignee_id} name={memberName(assignee_id)} size={20} />
          <span class="for-screen-readers">
            {t("list.assigned_to", { name: memberName(assignee_id) })}
          </span>
        </span>
      )}
    </>
  );
}
