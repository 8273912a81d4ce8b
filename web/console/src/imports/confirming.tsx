/** Who enters another person's details says on which ground, and confirms the text they are shown. */
import { useEffect, useState } from "preact/hooks";
import { Checkbox, Select } from "../../../ui/field.tsx";
import type { Attestation, AttestationText, Basis } from "../../../wire/wire.ts";
import { imports } from "../operations.ts";
import { language, t } from "../words/index.ts";

const grounds: readonly Basis[] = ["contract", "consent", "legitimate_interest", "legal_duty"];

export interface Attesting {
  basis: Basis;
  confirmed: boolean;
  text: AttestationText | null;
  set: (change: { basis?: Basis; confirmed?: boolean }) => void;
  /** What goes to the server; null until the text is confirmed. */
  given: Attestation | null;
}

export function useAttesting(): Attesting {
  const [text, setText] = useState<AttestationText | null>(null);
  const [state, setState] = useState<{ basis: Basis; confirmed: boolean }>({
    basis: "contract",
    confirmed: false,
  });
  useEffect(() => {
    void imports.attestation(language.value).then(setText, () => setText(null));
  }, [language.value]);
  const given = state.confirmed && text ? { basis: state.basis, notice_hash: text.hash } : null;
  return { ...state, text, given, set: (change) => setState({ ...state, ...change }) };
}

export function AttestationFields({ value }: { value: Attesting }) {
  return (
    <>
      <Select<Basis>
        label={t("attestation.ground")}
        value={value.basis}
        onValue={(basis) => value.set({ basis })}
        options={grounds.map((basis) => ({ value: basis, label: t(`basis.${basis}`) }))}
      />
      <Checkbox
        label={value.text?.text ?? t("loading")}
        checked={value.confirmed}
        disabled={!value.text}
        onChecked={(confirmed) => value.set({ confirmed })}
      />
    </>
  );
}
