/** What a company's contract lets a third party have (clause 5.2). What it needs cannot be left out. */
import { Checkbox } from "../../../ui/field.tsx";
import type { Field, ThirdParty } from "../../../wire/wire.ts";
import { t } from "../words/index.ts";

interface CoversProps {
  party: ThirdParty;
  value: readonly Field[];
  onValue: (value: Field[]) => void;
}

export function Covers({ party, value, onValue }: CoversProps) {
  const set = (field: Field, on: boolean) =>
    onValue(on ? [...value, field] : value.filter((one) => one !== field));
  return (
    <fieldset class="group-box">
      <legend class="label">{t("third_parties.covers")}</legend>
      <p class="hint">{t("third_parties.covers_hint")}</p>
      {party.data.map(({ field, told, needed }) => (
        <Checkbox
          key={field}
          label={told}
          checked={value.includes(field)}
          disabled={needed}
          onChecked={(on) => set(field, on)}
        />
      ))}
    </fieldset>
  );
}

/** What is ticked when the dialog opens: what the last contract had, and all that is needed. */
export const covered = (party: ThirdParty): Field[] =>
  party.data.filter((given) => given.needed || given.covered).map((given) => given.field);

/** What the contract in force leaves out, in words; empty when it covers everything. */
export const left = (party: ThirdParty): string =>
  party.data
    .filter((given) => !given.covered)
    .map((given) => given.told)
    .join(", ");
