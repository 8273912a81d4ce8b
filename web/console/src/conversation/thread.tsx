/** The messages: kept at the end while one reads the end, kept in place when older ones arrive above. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { classes } from "../../../ui/classes.ts";
import { Icon } from "../../../ui/icon.tsx";
import type { Author, Conversation } from "../../../wire/wire.ts";
import { dayName } from "../format.ts";
import { markRead } from "../live/connection.ts";
import { now } from "../now.ts";
import { loadOlder, olderWork } from "../store/load.ts";
import type { Thread as Messages } from "../store/state.ts";
import { me, pending } from "../store/store.ts";
import { workOf } from "../store/work.ts";
import { count, t } from "../words/index.ts";
import { EventLine } from "./event-line.tsx";
import { useFollowing } from "./following.ts";
import { Group } from "./group.tsx";
import { type Line, layout } from "./layout.ts";
import "./thread.css";

export function Thread({ conversation, thread }: { conversation: Conversation; thread: Messages }) {
  const { id } = conversation;
  const [newFrom] = useState(() => (conversation.unread > 0 ? conversation.read_seq + 1 : null));
  const member = me.value?.member;
  const self: Author = { kind: "member", id: member?.id ?? "", name: member?.name ?? null };
  const waiting = pending.value.filter((item) => item.conversation_id === id);
  const lines = layout(thread.messages, waiting, newFrom, self);
  const box = useRef<HTMLDivElement>(null);
  const last = waiting.at(-1)?.client_id ?? thread.messages.at(-1);
  const { atEnd, toEnd } = useFollowing(box, {
    first: thread.messages[0],
    last,
    lastIsMine: waiting.length > 0,
    nearTop: () => void loadOlder(id),
  });
  useReading(conversation, atEnd);
  useLayoutEffect(() => {
    const line = box.current?.querySelector<HTMLElement>(".new-line");
    if (line && box.current) box.current.scrollTop = line.offsetTop - box.current.clientHeight / 3;
    else toEnd();
  }, []);
  const older = workOf(olderWork(id));
  return (
    <div class="thread-place">
      <div
        class="thread"
        ref={box}
        role="log"
        aria-live="off"
        aria-label={t("conversation.messages")}
      >
        <div class="thread-top">
          {older?.state === "failed" && (
            <button type="button" class="link" onClick={() => loadOlder(id)}>
              {t("conversation.older_failed")}
            </button>
          )}
          {older?.state === "busy" && t("loading")}
          {!thread.more && <Beginning conversation={conversation} />}
        </div>
        <div class="thread-lines">
          {lines.map((line) => (
            <LineView key={line.key} line={line} conversation={conversation} />
          ))}
        </div>
      </div>
      {!atEnd && (
        <button
          type="button"
          class={classes("to-end", conversation.unread > 0 && "unread")}
          onClick={toEnd}
        >
          <Icon name="arrowDown" size={16} />
          {conversation.unread > 0
            ? count("conversation.new_below", conversation.unread)
            : t("conversation.to_end")}
        </button>
      )}
    </div>
  );
}

function LineView({ line, conversation }: { line: Line; conversation: Conversation }) {
  switch (line.kind) {
    case "day":
      return (
        <h2 class="day-line">
          <span>{dayName(line.at, now.value)}</span>
        </h2>
      );
    case "new":
      return (
        <div class="new-line">
          <span>{t("conversation.new")}</span>
        </div>
      );
    case "event":
      return <EventLine message={line.message} />;
    case "group":
      return <Group group={line} conversation={conversation} />;
  }
}

function Beginning({ conversation }: { conversation: Conversation }) {
  return (
    <p class="beginning">
      {t("conversation.beginning", { day: dayName(conversation.created_at, now.value) })}
    </p>
  );
}

/** Read means: this window is looked at, and its end is in view. */
function useReading(conversation: Conversation, atEnd: boolean) {
  const { id, last_seq, read_seq } = conversation;
  useEffect(() => {
    const look = () => {
      if (atEnd && last_seq > read_seq && document.hasFocus()) markRead(id, last_seq);
    };
    look();
    addEventListener("focus", look);
    return () => removeEventListener("focus", look);
  }, [id, last_seq, read_seq, atEnd]);
}
