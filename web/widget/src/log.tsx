// The conversation so far. The list is anchored at its end, so new messages appear in view and
// older ones load above without a jump.

import type { ComponentChildren } from "preact";
import type { FileInfo, Message } from "../../wire/wire.ts";
import { api } from "./api.ts";
import { Icon } from "./icon.tsx";
import { type State, say, set, state } from "./state.ts";
import { again, discard, older } from "./talk.ts";
import { linked } from "./text.tsx";
import { clock, day, sameDay, size } from "./when.ts";

const NEAR = 200; // pixels from the top at which older messages are fetched
const PAUSE = 5 * 60_000; // one name and one time for what is said in one breath

let fetching = false;

export function Log() {
  const { messages, sending, more, typing, config } = state;
  const words = say();
  const rows: ComponentChildren[] = [];
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    const after = messages[index + 1];
    if (!before || !sameDay(before.at, message.at)) {
      rows.push(
        <li key={-message.seq} class="day">
          {day(message.at, Date.now(), words)}
        </li>,
      );
    }
    const first = !before || !together(before, message);
    const last = !after || !together(message, after);
    rows.push(<Said key={message.seq} message={message} first={first} last={last} />);
  });
  return (
    <section
      class="log"
      role="log"
      aria-label={words.conversation}
      aria-live="off"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={scrolled}
    >
      <ol>
        {more ? (
          <li class="day">
            <button type="button" class="quiet" onClick={fetchOlder}>
              {words.older}
            </button>
          </li>
        ) : (
          config?.inbox.greeting && <li class="theirs bubble">{config.inbox.greeting}</li>
        )}
        {rows}
        {sending.map((entry) => (
          <OnItsWay key={entry.id} entry={entry} />
        ))}
        {typing && <li class="typing">{words.typing(typing)}</li>}
      </ol>
    </section>
  );
}

function OnItsWay({ entry }: { entry: State["sending"][number] }) {
  const words = say();
  const { id, text, files, failed } = entry;
  return (
    <li class="mine">
      <Content text={text} files={files} />
      {failed ? (
        <small>
          <b class="failed">{words.failed}</b>
          <button type="button" class="quiet" onClick={() => again(entry)}>
            {words.retry}
          </button>
          <button type="button" class="quiet" onClick={() => discard(id)}>
            {words.remove}
          </button>
        </small>
      ) : (
        <small>{state.connected ? words.sending : words.waiting}</small>
      )}
    </li>
  );
}

function Said({ message, first, last }: { message: Message; first: boolean; last: boolean }) {
  const words = say();
  const mine = message.author.kind === "visitor";
  return (
    <li class={mine ? "mine" : "theirs"}>
      <span class={first && !mine ? "" : "heard"}>
        {mine ? words.you : (message.author.name ?? words.team)}
      </span>
      <Content text={message.text} files={message.files} />
      {last && (
        <small>
          <time dateTime={new Date(message.at).toISOString()}>{clock(message.at, words)}</time>
          {mine &&
            isLast(message) &&
            ` · ${message.seq <= state.answered ? words.read : words.sent}`}
        </small>
      )}
    </li>
  );
}

function Content({ text, files }: { text: string; files: FileInfo[] }) {
  return (
    <>
      {text && (
        <p class="bubble" dir="auto">
          {linked(text)}
        </p>
      )}
      {files.map((file) => (
        <Attachment key={file.id} file={file} />
      ))}
    </>
  );
}

function Attachment({ file }: { file: FileInfo }) {
  if (file.width && file.height && file.media_type.startsWith("image/")) {
    return (
      <button type="button" class="picture" onClick={() => enlarge(file)}>
        <img
          src={api.file(file.id)}
          alt={file.name}
          width={file.width}
          height={file.height}
          loading="lazy"
        />
      </button>
    );
  }
  return (
    <a class="bubble file" href={api.file(file.id)} download={file.name}>
      <Icon name="file" />
      <span>
        {file.name}
        <small>{size(file.bytes, say())}</small>
      </span>
    </a>
  );
}

const together = (a: Message, b: Message) =>
  a.author.id === b.author.id && b.at - a.at < PAUSE && sameDay(a.at, b.at);

const isLast = (message: Message) =>
  message === state.messages.findLast((one) => one.author.kind === "visitor");

function scrolled(event: { currentTarget: HTMLElement }): void {
  const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
  if (scrollHeight + scrollTop - clientHeight < NEAR) void fetchOlder(); // scrollTop is negative
}

async function fetchOlder(): Promise<void> {
  if (fetching || !state.more) return;
  fetching = true;
  await older().catch(() => null);
  fetching = false;
}

const enlarge = (file: FileInfo) =>
  import("./picture.tsx").then(
    (part) => part.open(file),
    () => set({ hint: say().no_network }),
  );
