/** Just above the composer: the visitor is typing, or a colleague is already answering. */
import { Icon } from "../../../ui/icon.tsx";
import type { Conversation } from "../../../wire/wire.ts";
import { listed } from "../format.ts";
import { authorName, visitorName } from "../names.ts";
import { typing } from "../store/store.ts";
import { count, t } from "../words/index.ts";
import "./who-writes.css";

export function WhoWrites({ conversation }: { conversation: Conversation }) {
  const writing = typing.value.get(conversation.id) ?? [];
  const team = writing
    .filter((author) => author.kind === "member")
    .map((author) => authorName(author));
  const visitor = writing.some((author) => author.kind === "visitor");
  return (
    <div class="who-writes" role="status">
      {team.length > 0 && (
        <p class="collision">
          <Icon name="warning" size={15} />{" "}
          {count("typing.team", team.length, { names: listed(team) })}
        </p>
      )}
      {visitor && (
        <p class="typing">
          <span class="typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {t("typing.visitor", { name: visitorName(conversation.visitor) })}
        </p>
      )}
    </div>
  );
}
