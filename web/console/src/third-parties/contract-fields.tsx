/** Under which contract a third party is switched on: its name, its end, and what it covers (5.2). */
import { TextField } from "../../../ui/field.tsx";
import type { Enabling, Field, ThirdParty } from "../../../wire/wire.ts";
import type { ApiError } from "../api.ts";
import { language, t } from "../words/index.ts";
import { Covers, covered } from "./covers.tsx";
import { dayEnd } from "./transfer-fields.tsx";

export interface Contract {
  contract: string;
  until: string;
  fields: Field[];
}

/** What the dialog begins with: the last contract, or the vendor's own terms. */
export const contractOf = (party: ThirdParty): Contract => ({
  contract: party.contract ?? party.terms,
  until: "",
  fields: covered(party),
});

export const enabling = (party: ThirdParty, value: Contract): Enabling => ({
  notice_hash: party.notice_hash,
  language: language.value,
  contract: value.contract.trim(),
  contract_until: value.until ? dayEnd(value.until) : null,
  fields: value.fields,
});

interface ContractFieldsProps {
  party: ThirdParty;
  value: Contract;
  onValue: (value: Contract) => void;
  error?: ApiError | null;
}

export function ContractFields({ party, value, onValue, error }: ContractFieldsProps) {
  return (
    <>
      <TextField
        label={t("third_parties.contract")}
        hint={t("third_parties.contract_hint")}
        required
        maxLength={200}
        value={value.contract}
        onValue={(contract) => onValue({ ...value, contract })}
        error={error?.field("contract")}
      />
      <TextField
        label={t("third_parties.contract_until")}
        hint={t("third_parties.contract_until_hint")}
        type="date"
        value={value.until}
        onValue={(until) => onValue({ ...value, until })}
        error={error?.field("contract_until")}
      />
      <Covers
        party={party}
        value={value.fields}
        onValue={(fields) => onValue({ ...value, fields })}
      />
    </>
  );
}
