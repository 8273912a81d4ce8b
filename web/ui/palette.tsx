/** The command palette: type to narrow, arrows to choose, Enter to do (the combobox pattern of WAI-ARIA). */
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { classes } from "./classes.ts";
import { useModal } from "./dialog.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { Keys } from "./keys.tsx";
import "./palette.css";

export interface Command {
  id: string;
  group: string;
  label: string;
  detail?: string | undefined;
  icon: IconName;
  keys?: string | undefined;
  /** More words that find it. */
  also?: string;
  run: () => void;
}

interface PaletteProps {
  title: string;
  placeholder: string;
  nothing: string;
  commands: readonly Command[];
  onClose: () => void;
}

const mostShown = 60;

export function Palette({ title, placeholder, nothing, commands, onClose }: PaletteProps) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const found = useMemo(() => search(commands, query).slice(0, mostShown), [commands, query]);
  useModal(box);
  useEffect(() => {
    box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at, found]);
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const press = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((at + step + found.length) % Math.max(found.length, 1));
    else if (event.key === "Enter") run(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click only closes on the backdrop; Escape does the same by keyboard
    <dialog
      ref={box}
      class="palette"
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === box.current && onClose()}
    >
      <div class="palette-search">
        <Icon name="search" />
        <input
          autoFocus
          role="combobox"
          aria-label={title}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
          autocomplete="off"
          spellcheck={false}
          placeholder={placeholder}
          value={query}
          onKeyDown={press}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setAt(0);
          }}
        />
        <Keys>Esc</Keys>
      </div>
      <div class="palette-list" role="listbox" id={`${id}-list`} aria-label={title}>
        {found.map((command, index) => (
          <Row
            key={command.id}
            id={`${id}-${index}`}
            command={command}
            first={found[index - 1]?.group !== command.group}
            active={index === at}
            onPick={() => run(command)}
            onHover={() => setAt(index)}
          />
        ))}
        {found.length === 0 && <p class="palette-nothing">{nothing}</p>}
      </div>
    </dialog>
  );
}

function Row(props: {
  id: string;
  command: Command;
  first: boolean;
  active: boolean;
  onPick: () => void;
  onHover: () => void;
}) {
  const { command } = props;
  return (
    <>
      {props.first && (
        <div class="palette-group" role="presentation">
          {command.group}
        </div>
      )}
      {/* biome-ignore lint/a11y/useFocusableInteractive: options of a combobox are pointed at by aria-activedescendant, focus stays in the field */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the field does it */}
      <div
        id={props.id}
        role="option"
        aria-selected={props.active}
        class={classes("palette-row", props.active && "active")}
        onClick={props.onPick}
        onPointerMove={props.onHover}
      >
        <Icon name={command.icon} size={16} />
        <span class="palette-label one-line">
          {command.label}
          {command.detail && <small>{command.detail}</small>}
        </span>
        {command.keys && <Keys>{command.keys}</Keys>}
      </div>
    </>
  );
}

/** Every typed word must occur; a label that starts with the query comes first within its group. */
export function search(commands: readonly Command[], query: string): Command[] {
  const words = fold(query).split(/\s+/u).filter(Boolean);
  const hits = commands.filter((command) => {
    const text = fold(
      `${command.label} ${command.detail ?? ""} ${command.also ?? ""} ${command.group}`,
    );
    return words.every((word) => text.includes(word));
  });
  const groups = [...new Set(hits.map((hit) => hit.group))];
  const starts = (command: Command) => (fold(command.label).startsWith(words[0] ?? "") ? 0 : 1);
  return hits.sort(
    (a, b) => groups.indexOf(a.group) - groups.indexOf(b.group) || starts(a) - starts(b),
  );
}

function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
