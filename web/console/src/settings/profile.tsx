/** Name, language, looks and keys of the person who is signed in. */
import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Checkbox, Choice, TextField } from "../../../ui/field.tsx";
import { toast } from "../../../ui/toast.tsx";
import type { Language } from "../../../wire/wire.ts";
import { me as operations } from "../operations.ts";
import { singleKeys, spoken, theme } from "../preferences.ts";
import { ProblemNotice } from "../problem.tsx";
import { submitting, useAttempt } from "../session/form.ts";
import { update } from "../session/session.ts";
import { me } from "../store/store.ts";
import { language, languageNames, languages, speak, t } from "../words/index.ts";
import { Part } from "./part.tsx";

export function ProfilePage() {
  return (
    <>
      <NamePart />
      <LanguagePart />
      <Part title={t("profile.looks")}>
        <Choice
          label={t("profile.theme")}
          value={theme.value}
          onValue={(value) => {
            theme.value = value;
          }}
          options={[
            { value: "system", label: t("theme.system") },
            { value: "light", label: t("theme.light") },
            { value: "dark", label: t("theme.dark") },
          ]}
        />
      </Part>
      <Part title={t("profile.keys")}>
        <Checkbox
          label={t("help.single_keys")}
          hint={t("help.single_keys_hint")}
          checked={singleKeys.value === "on"}
          onChecked={(on) => {
            singleKeys.value = on ? "on" : "off";
          }}
        />
      </Part>
    </>
  );
}

function NamePart() {
  const who = me.value;
  const [name, setName] = useState(who?.member.name ?? "");
  const attempt = useAttempt();
  const save = async () => {
    const saved = await attempt.run(async () =>
      update(await operations.update({ name: name.trim() })),
    );
    if (saved) toast(t("saved"));
  };
  return (
    <Part title={t("profile.you")} hint={t("profile.you_hint")}>
      <form class="form" onSubmit={submitting(save)}>
        <TextField
          label={t("name.label")}
          autocomplete="name"
          required
          maxLength={100}
          value={name}
          onValue={setName}
          error={attempt.error?.field("name")}
        />
        <TextField
          label={t("phone.label")}
          value={who?.account.phone ?? ""}
          onValue={() => undefined}
          disabled
        />
        <ProblemNotice error={attempt.error} />
        <div class="row">
          <Button
            kind="primary"
            type="submit"
            busy={attempt.busy}
            disabled={!name.trim() || name.trim() === who?.member.name}
          >
            {t("action.save")}
          </Button>
        </div>
      </form>
    </Part>
  );
}

function LanguagePart() {
  const attempt = useAttempt();
  const choose = (tag: Language) => {
    spoken.value = tag;
    void speak(tag);
    void attempt.run(async () => update(await operations.update({ language: tag })));
  };
  return (
    <Part title={t("profile.language")} hint={t("profile.language_hint")}>
      <Choice
        label={t("profile.language")}
        value={language.value}
        onValue={choose}
        options={languages.map((tag) => ({ value: tag, label: languageNames[tag] }))}
      />
      <ProblemNotice error={attempt.error} />
    </Part>
  );
}
