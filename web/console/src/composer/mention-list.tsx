/** The colleagues offered while "@…" is typed; arrows choose, Enter or Tab takes, Escape leaves. */
import { useId, useState } from "preact/hooks";
import { Avatar } from "../../../ui/avatar.tsx";
import { classes } from "../../../ui/classes.ts";
import type { Member } from "../../../wire/wire.ts";
import { sortedMembers } from "../names.ts";
import { me, members } from "../store/store.ts";
import { t } from "../words/index.ts";
import { type Mentioning, matching, mentioningAt } from "./mentions.ts";

interface Mentions {
  id: string;
  found: readonly Member[];
  at: number;
  look: () => void;
  press: (event: KeyboardEvent) => boolean;
  pick: (member: Member) => void;
  wiring: Record<string, string | undefined>;
}

type Field = { current: HTMLTextAreaElement | null };

export function useMentions(
  field: Field,
  text: string,
  active: boolean,
  setText: (text: string) => void,
): Mentions {
  const id = useId();
  const [asked, setAsked] = useState<Mentioning | null>(null);
  const [at, setAt] = useState(0);
  const others = sortedMembers(members.value.values()).filter(
    (member) => member.id !== me.value?.member.id,
  );
  const found = active && asked && text ? matching(others, asked.query) : [];
  const look = () => {
    const element = field.current;
    setAsked(element ? mentioningAt(element.value, element.selectionStart) : null);
    setAt(0);
  };
  const pick = (member: Member) => {
    const element = field.current;
    if (!element || !asked) return;
    element.setRangeText(
      `@${member.name} `,
      asked.from,
      asked.from + 1 + asked.query.length,
      "end",
    );
    setText(element.value);
    setAsked(null);
    element.focus();
  };
  const press = (event: KeyboardEvent): boolean => {
    const chosen = found[at];
    if (!chosen) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((at + step + found.length) % found.length);
    else if (event.key === "Enter" || event.key === "Tab") pick(chosen);
    else if (event.key === "Escape") setAsked(null);
    else return false;
    event.preventDefault();
    return true;
  };
  const open = found.length > 0;
  const wiring = open
    ? {
        "aria-controls": id,
        "aria-activedescendant": `${id}-${at}`,
        "aria-autocomplete": "list",
      }
    : {};
  return { id, found, at, look, press, pick, wiring };
}

export function MentionList({ mentions }: { mentions: Mentions }) {
  if (mentions.found.length === 0) return null;
  return (
    <div class="mention-list" role="listbox" id={mentions.id} aria-label={t("composer.mention")}>
      {mentions.found.map((member, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: pointed at by aria-activedescendant, focus stays in the field
        // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the field does it
        <div
          key={member.id}
          id={`${mentions.id}-${index}`}
          role="option"
          aria-selected={index === mentions.at}
          class={classes("mention-row", index === mentions.at && "active")}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => mentions.pick(member)}
        >
          <Avatar id={member.id} name={member.name} size={24} presence={member.presence} />
          <span class="one-line">{member.name}</span>
        </div>
      ))}
    </div>
  );
}
