/** What happened to the conversation, as one thin line between the messages. */
import type { Message } from "../../../wire/wire.ts";
import { clock, moment } from "../format.ts";
import { authorName, memberName } from "../names.ts";
import { me } from "../store/store.ts";
import { t } from "../words/index.ts";

export function EventLine({ message }: { message: Message }) {
  return (
    <p class="event-line">
      <span>{describe(message)}</span>
      <time dateTime={new Date(message.at).toISOString()} title={moment(message.at)}>
        {clock(message.at)}
      </time>
    </p>
  );
}

function describe({ author, event }: Message): string {
  const name = authorName(author);
  const system = author.kind === "system";
  switch (event?.name) {
    case "assigned": {
      if (!event.member_id) return t("event.unassigned", { name });
      if (event.member_id === author.id) return t("event.took", { name });
      const to =
        event.member_id === me.value?.member.id ? t("author.you") : memberName(event.member_id);
      return system
        ? t("event.assigned_by_system", { member: to })
        : t("event.assigned", { name, member: to });
    }
    case "closed":
      return t("event.closed", { name });
    case "reopened":
      return author.kind === "visitor" || system
        ? t("event.reopened_by_message")
        : t("event.reopened", { name });
    case "snoozed":
      return event.until
        ? t("event.snoozed", { name, time: moment(event.until) })
        : t("event.snoozed_open", { name });
    case "woken":
      return t("event.woken");
    case undefined:
      return "";
  }
}
