/** Name, colour, languages and greetings, websites, hours and agents of an inbox. */
import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { TextField } from "../../../ui/field.tsx";
import { toast } from "../../../ui/toast.tsx";
import type { Inbox, InboxDraft } from "../../../wire/wire.ts";
import { inboxes } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { go, settingsPath } from "../router.ts";
import { submitting, useAttempt } from "../session/form.ts";
import { Part } from "../settings/part.tsx";
import { loadPeople } from "../store/load.ts";
import { me } from "../store/store.ts";
import { t } from "../words/index.ts";
import { AgentsField } from "./agents-field.tsx";
import { ColorField } from "./color-field.tsx";
import { draftFrom, tidy } from "./draft.ts";
import { GreetingFields } from "./greeting-fields.tsx";
import { HoursField } from "./hours-field.tsx";
import { OriginsField } from "./origins-field.tsx";

export function InboxEditor({ inbox }: { inbox: Inbox | null }) {
  const [draft, setDraft] = useState<InboxDraft>(() =>
    draftFrom(inbox, me.peek()?.member.id ?? ""),
  );
  const attempt = useAttempt();
  const set = (change: Partial<InboxDraft>) => setDraft((old) => ({ ...old, ...change }));
  const save = async () => {
    let saved = inbox;
    const body = tidy(draft);
    const done = await attempt.run(async () => {
      saved = await (inbox ? inboxes.update(inbox.id, body) : inboxes.create(body));
      await loadPeople();
    });
    if (!done) return;
    toast(t("saved"));
    if (!inbox && saved) go(settingsPath("inboxes", saved.id), { replace: true });
  };
  return (
    <form class="inbox-editor" onSubmit={submitting(save)}>
      <Part title={t(inbox ? "inbox.look" : "inbox.new")}>
        <TextField
          label={t("inbox.name")}
          hint={t("inbox.name_hint")}
          required
          maxLength={100}
          value={draft.name}
          onValue={(name) => set({ name })}
          error={attempt.error?.field("name")}
        />
        <ColorField value={draft.color} onValue={(color) => set({ color })} />
      </Part>
      <Part title={t("inbox.languages")} hint={t("inbox.languages_hint")}>
        <GreetingFields languages={draft.languages} greeting={draft.greeting} onValue={set} />
      </Part>
      <Part title={t("inbox.origins")} hint={t("inbox.origins_hint")}>
        <OriginsField
          value={draft.allowed_origins}
          onValue={(allowed_origins) => set({ allowed_origins })}
          error={attempt.error?.field("allowed_origins")}
        />
      </Part>
      <Part title={t("inbox.hours")} hint={t("inbox.hours_hint")}>
        <HoursField value={draft.office_hours} onValue={(office_hours) => set({ office_hours })} />
      </Part>
      <Part title={t("inbox.agents_title")} hint={t("inbox.agents_hint")}>
        <AgentsField value={draft.member_ids} onValue={(member_ids) => set({ member_ids })} />
      </Part>
      <div class="save-bar">
        <ProblemNotice error={attempt.error} />
        <Button
          kind="primary"
          type="submit"
          busy={attempt.busy}
          disabled={!draft.name.trim() || draft.languages.length === 0}
        >
          {t(inbox ? "action.save" : "inbox.create")}
        </Button>
      </div>
    </form>
  );
}
