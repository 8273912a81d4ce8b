/** Why data may leave the region: the ground, and the paper that stands behind it (clause 2.1). */
import { Select, TextField } from "../../../ui/field.tsx";
import type { TransferDraft } from "../../../wire/wire.ts";
import { t } from "../words/index.ts";

type Basis = TransferDraft["basis"];

interface TransferFieldsProps {
  region: string;
  /** The grounds that the law of the region has. */
  bases: readonly Basis[];
  value: { basis: Basis; assessment: string };
  onValue: (value: { basis: Basis; assessment: string }) => void;
}

export function TransferFields({ region, bases, value, onValue }: TransferFieldsProps) {
  // The PIPL asks for an impact assessment whatever the ground is.
  const paper = region === "cn" ? "transfer.assessment" : "transfer.paper";
  return (
    <>
      <Select
        label={t("transfer.basis")}
        value={value.basis}
        onValue={(basis) => onValue({ ...value, basis })}
        options={bases.map((basis) => ({ value: basis, label: t(`transfer.${basis}`) }))}
      />
      <TextField
        label={t(paper)}
        hint={t(`${paper}_hint`)}
        required
        maxLength={200}
        value={value.assessment}
        onValue={(assessment) => onValue({ ...value, assessment })}
      />
    </>
  );
}

/** The last moment of a day as the browser's calendar knows it, in milliseconds. */
export const dayEnd = (day: string) => new Date(`${day}T23:59:59`).getTime();
