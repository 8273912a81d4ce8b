// Where the visitor writes. A message is echoed at once with an id of its own; talk.ts sees it
// through to the server.

import { createRef } from "preact";
import { attach, detach } from "./attach.ts";
import { Icon } from "./icon.tsx";
import { say, set, state } from "./state.ts";
import { types, write } from "./talk.ts";

const EMOJI = [..."😀😄😂🙂😉😊😍😘🤔😐😕😢😭😡😱👍👎👌🙏👏🙌💪👋🤝❤🎉🔥✨✅❌❓🎁"];

const field = createRef<HTMLTextAreaElement>();
const chooser = createRef<HTMLInputElement>();

export function Composer() {
  const { uploads, hint, emoji, connected, config } = state;
  const words = say();
  const busy = uploads.some((upload) => !upload.file);
  return (
    <form onSubmit={submit} onDrop={drop} onDragOver={(event) => event.preventDefault()}>
      {!connected && <p role="status">{words.offline}</p>}
      {hint && <p role="alert">{hint}</p>}
      {uploads.length > 0 && <Uploads />}
      {emoji && <Emoji />}
      <div class="row">
        <input type="file" multiple hidden ref={chooser} onChange={chosen} />
        <Tool name="clip" label={words.attach} act={() => chooser.current?.click()} />
        <Tool name="face" label={words.emoji} open={emoji} act={() => set({ emoji: !emoji })} />
        <textarea
          id="text"
          rows={1}
          ref={field}
          maxLength={config?.limits.text ?? 4000}
          placeholder={words.write}
          aria-label={words.write}
          enterkeyhint="send"
          onInput={grow}
          onKeyDown={enter}
          onPaste={paste}
        />
        <button
          type="submit"
          class="send"
          disabled={busy}
          title={words.send}
          aria-label={words.send}
        >
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}

function Tool(tool: { name: "clip" | "face"; label: string; open?: boolean; act: () => void }) {
  return (
    <button
      type="button"
      title={tool.label}
      aria-label={tool.label}
      aria-expanded={tool.open}
      onClick={tool.act}
    >
      <Icon name={tool.name} />
    </button>
  );
}

function Uploads() {
  return (
    <ul class="uploads">
      {state.uploads.map(({ key, name, preview, part, file }) => (
        <li key={key}>
          {preview && <img src={preview} alt="" />}
          <span>{name}</span>
          {!file && <progress value={part} aria-label={name} />}
          <button type="button" aria-label={`${say().remove} ${name}`} onClick={() => detach(key)}>
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Emoji() {
  return (
    <fieldset class="emoji" aria-label={say().emoji}>
      {EMOJI.map((one) => (
        <button key={one} type="button" onClick={() => insert(one)}>
          {one}
        </button>
      ))}
    </fieldset>
  );
}

function insert(text: string): void {
  const area = field.current;
  area?.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  set({ emoji: false });
  area?.focus();
  grow();
}

function submit(event: Event): void {
  event.preventDefault();
  const area = field.current;
  if (!area || state.uploads.some((upload) => !upload.file)) return;
  write(area.value.trim());
  area.value = "";
  grow();
  document.querySelector(".log")?.scrollTo(0, 0); // its end
  area.focus();
}

// While an input method composes, Enter picks a candidate and must not send. Safari says so only by
// the old key code.
function enter(event: KeyboardEvent): void {
  const composing = event.isComposing || event.keyCode === 229;
  if (event.key === "Enter" && !event.shiftKey && !composing) submit(event);
}

function grow(): void {
  const area = field.current;
  if (!area) return;
  types(area.value !== "");
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}

function chosen(event: { currentTarget: HTMLInputElement }): void {
  attach(event.currentTarget.files ?? []);
  event.currentTarget.value = "";
}

function paste(event: ClipboardEvent): void {
  const files = event.clipboardData?.files;
  if (!files?.length) return;
  event.preventDefault();
  attach(files);
}

function drop(event: DragEvent): void {
  event.preventDefault();
  attach(event.dataTransfer?.files ?? []);
}
