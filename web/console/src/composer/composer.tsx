/** Where an agent writes: an answer or a note, with files, emoji and mentions. Enter sends. */
import { useEffect, useRef, useState } from "preact/hooks";
import { IconButton } from "../../../ui/button.tsx";
import { classes } from "../../../ui/classes.ts";
import type { Conversation } from "../../../wire/wire.ts";
import { send, typing } from "../live/connection.ts";
import { visitorName } from "../names.ts";
import { members } from "../store/store.ts";
import { count, t } from "../words/index.ts";
import { attach, release } from "./attach.ts";
import { Attachments } from "./attachments.tsx";
import "./composer.css";
import { clearDraft, draftOf, setDraft } from "./drafts.ts";
import { EmojiButton } from "./emoji.tsx";
import { mode } from "./focus.ts";
import { MentionList, useMentions } from "./mention-list.tsx";
import { mentioned } from "./mentions.ts";
import { ModeSwitch } from "./mode-switch.tsx";

const longest = 4000;
const warnFrom = 3600;

export function Composer({ conversation }: { conversation: Conversation }) {
  const { id } = conversation;
  const writing = mode.value;
  const draft = draftOf(id, writing);
  const field = useRef<HTMLTextAreaElement>(null);
  const [over, setOver] = useState(false);
  const setText = (text: string) => setDraft(id, writing, (old) => ({ ...old, text }));
  const insert = useInsert(field, setText);
  const mentions = useMentions(field, draft.text, writing === "note", setText);
  useGrowing(field, draft.text, id, writing);
  useEffect(() => () => typing(id, false), [id, writing]);

  const left = longest - [...draft.text].length;
  const uploading = draft.attachments.some((item) => !item.file && !item.error);
  const files = draft.attachments.flatMap((item) => (item.file ? [item.file] : []));
  const ready = (draft.text.trim() !== "" || files.length > 0) && !uploading && left >= 0;

  const submit = () => {
    if (!ready) return;
    const note = writing === "note";
    const text = draft.text.trim();
    send({
      conversation: id,
      text,
      files,
      note,
      mentions: note ? mentioned(text, members.value.values()) : [],
    });
    for (const item of draft.attachments) release(item);
    clearDraft(id, writing);
    field.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    if (event.isComposing || mentions.press(event)) return;
    if (event.key === "Escape") field.current?.blur();
    if (event.key !== "Enter" || event.shiftKey || (isTouch() && !event.ctrlKey && !event.metaKey))
      return;
    event.preventDefault();
    submit();
  };
  const take = (list: FileList | undefined, event: Event) => {
    if (!list?.length) return;
    event.preventDefault();
    attach(id, writing, list);
  };

  return (
    <section
      class={classes("composer", writing, over && "over")}
      aria-label={t("composer.label")}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        take(event.dataTransfer?.files, event);
      }}
    >
      <div class="composer-box">
        <ModeSwitch />
        <MentionList mentions={mentions} />
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          aria-label={t(`composer.${writing}_label`)}
          placeholder={
            writing === "note"
              ? t("composer.note_hint")
              : t("composer.reply_hint", { name: visitorName(conversation.visitor) })
          }
          value={draft.text}
          {...mentions.wiring}
          onInput={(event) => {
            setText(event.currentTarget.value);
            mentions.look();
            // A note is nobody's business but the team's: the visitor must not see typing.
            if (writing === "reply") typing(id, event.currentTarget.value !== "");
          }}
          onClick={mentions.look}
          onKeyDown={press}
          onPaste={(event) => take(event.clipboardData?.files, event)}
        />
        <Attachments conversation={id} mode={writing} items={draft.attachments} />
        <div class="composer-tools">
          <FileButton onFiles={(list) => attach(id, writing, list)} />
          <EmojiButton onPick={insert} />
          {writing === "note" && (
            <IconButton icon="person" label={t("composer.mention")} onClick={() => insert("@")} />
          )}
          <span class={classes("composer-left", left < 0 && "too-long")} role="status">
            {left < longest - warnFrom &&
              count(left < 0 ? "composer.too_long" : "composer.left", Math.abs(left))}
          </span>
          <IconButton
            icon="send"
            kind="primary"
            label={t(writing === "note" ? "composer.add_note" : "composer.send")}
            keys="Enter"
            disabled={!ready}
            onClick={submit}
          />
        </div>
      </div>
      {over && <div class="drop-here">{t("composer.drop")}</div>}
    </section>
  );
}

function FileButton({ onFiles }: { onFiles: (files: FileList) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          if (event.currentTarget.files) onFiles(event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
      <IconButton icon="clip" label={t("composer.attach")} onClick={() => input.current?.click()} />
    </>
  );
}

/** Puts text where the caret is, and the caret behind it. */
function useInsert(
  field: { current: HTMLTextAreaElement | null },
  setText: (text: string) => void,
) {
  return (piece: string) => {
    const element = field.current;
    if (!element) return;
    element.focus();
    element.setRangeText(piece, element.selectionStart, element.selectionEnd, "end");
    setText(element.value);
    element.dispatchEvent(new Event("input", { bubbles: true }));
  };
}

/** The field is as high as its text, up to a third of the window. */
function useGrowing(field: { current: HTMLTextAreaElement | null }, ...depends: string[]) {
  useEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.setProperty("height", "auto");
    element.style.setProperty("height", `${Math.min(element.scrollHeight, innerHeight / 3)}px`);
  }, depends);
}

/** On a touch keyboard Enter makes a new line; the button sends. */
const isTouch = () => matchMedia("(pointer: coarse)").matches;
