/** Messages of one author in one go: the visitor at the start, we at the end, notes between us in another colour. */
import { Avatar } from "../../../ui/avatar.tsx";
import { classes } from "../../../ui/classes.ts";
import { Icon } from "../../../ui/icon.tsx";
import type { Conversation, Message } from "../../../wire/wire.ts";
import { clock, moment } from "../format.ts";
import { authorName, memberName } from "../names.ts";
import { me } from "../store/store.ts";
import { t } from "../words/index.ts";
import { Files } from "./files.tsx";
import type { Entry, Line } from "./layout.ts";
import { Failed, Receipt } from "./receipt.tsx";
import { isOnlyEmoji, Text } from "./text.tsx";
import "./group.css";

type GroupLine = Extract<Line, { kind: "group" }>;

export function Group({ group, conversation }: { group: GroupLine; conversation: Conversation }) {
  const { author, note, entries } = group;
  const visitor = author.kind === "visitor";
  const mine = author.id === me.value?.member.id;
  const last = entries.at(-1);
  const name = authorName(author, conversation);
  const face = visitor ? conversation.visitor.id : author.id;
  return (
    <article
      class={classes(
        "group",
        visitor ? "from-visitor" : mine ? "mine" : "from-team",
        note && "note",
      )}
    >
      <span class="group-face">
        <Avatar
          id={face}
          name={visitor ? name : (author.name ?? name)}
          size={24}
          shape={visitor ? "square" : "round"}
        />
      </span>
      <div class="group-body">
        <header class="group-head">
          {note && <Icon name="note" size={13} />}
          <span class="group-name">
            {!note ? name : mine ? t("note.mine") : t("note.by", { name })}
          </span>
        </header>
        {entries.map((entry) => (
          <Bubble key={entry.key} entry={entry} />
        ))}
        {last && (
          <footer class="group-foot">
            <time
              dateTime={new Date(last.message.at).toISOString()}
              title={moment(last.message.at)}
            >
              {clock(last.message.at)}
            </time>
            {!visitor && !note && <Receipt entry={last} conversation={conversation} />}
            {note && last.pending && <Receipt entry={last} conversation={conversation} />}
          </footer>
        )}
        {entries.map(
          (entry) => entry.pending?.failed && <Failed key={entry.key} pending={entry.pending} />,
        )}
      </div>
    </article>
  );
}

function Bubble({ entry }: { entry: Entry }) {
  const { message, pending } = entry;
  const large = message.files.length === 0 && isOnlyEmoji(message.text);
  return (
    <div class={classes("bubble-place", pending && "pending", pending?.failed && "failed")}>
      {message.text && (
        <div class={large ? "bubble large" : "bubble"} dir="auto" title={moment(message.at)}>
          <Text text={message.text} names={mentionNames(message)} />
        </div>
      )}
      <Files files={message.files} />
    </div>
  );
}

const mentionNames = (message: Message) => message.mentions.map(memberName);
