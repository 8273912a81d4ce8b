/** About whom: everybody, or people picked one by one from those at hand. */
import { IconButton } from "../../../ui/button.tsx";
import { Choice, Select } from "../../../ui/field.tsx";
import type { ExceptionKind } from "../../../wire/wire.ts";
import { t } from "../words/index.ts";
import type { Asked } from "./asked.ts";
import { everybodyKnown, personName } from "./names.ts";

export function PeopleField({
  form,
  kind,
  set,
}: {
  form: Asked;
  kind: ExceptionKind;
  set: (change: Partial<Asked>) => void;
}) {
  const named = kind.named || !form.everybody;
  const left = everybodyKnown().filter(({ id }) => !form.subjects.includes(id));
  return (
    <>
      {!kind.named && (
        <Choice
          label={t("exceptions.whose")}
          value={form.everybody ? "everybody" : "named"}
          onValue={(whose) => set({ everybody: whose === "everybody" })}
          options={[
            { value: "named", label: t("exceptions.named") },
            { value: "everybody", label: t("exceptions.everybody") },
          ]}
        />
      )}
      {named && (
        <div class="field">
          <Select
            label={t("exceptions.add_person")}
            hint={t("exceptions.add_person_hint")}
            value=""
            onValue={(id) => id && set({ subjects: [...form.subjects, id] })}
            options={[
              { value: "", label: t("exceptions.choose_person") },
              ...left.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <ul class="exception-people">
            {form.subjects.map((id) => (
              <li key={id}>
                {personName(id)}
                <IconButton
                  icon="close"
                  label={t("exceptions.drop_person", { name: personName(id) })}
                  onClick={() => set({ subjects: form.subjects.filter((other) => other !== id) })}
                />
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
