/** Which languages the widget speaks, and what it says first in each. */
import { Checkbox, TextArea } from "../../../ui/field.tsx";
import type { InboxDraft, Language } from "../../../wire/wire.ts";
import { languages as all, languageNames, t } from "../words/index.ts";

interface Props {
  languages: Language[];
  greeting: InboxDraft["greeting"];
  onValue: (change: Pick<InboxDraft, "languages"> | Pick<InboxDraft, "greeting">) => void;
}

export function GreetingFields({ languages, greeting, onValue }: Props) {
  const toggle = (tag: Language, on: boolean) =>
    onValue({ languages: all.filter((other) => (other === tag ? on : languages.includes(other))) });
  return (
    <>
      <div class="check-grid">
        {all.map((tag) => (
          <Checkbox
            key={tag}
            label={languageNames[tag]}
            checked={languages.includes(tag)}
            onChecked={(on) => toggle(tag, on)}
          />
        ))}
      </div>
      {languages.map((tag) => (
        <TextArea
          key={tag}
          label={t("inbox.greeting_in", { language: languageNames[tag] })}
          rows={2}
          maxLength={500}
          value={greeting[tag] ?? ""}
          onValue={(text) => onValue({ greeting: { ...greeting, [tag]: text } })}
        />
      ))}
    </>
  );
}
