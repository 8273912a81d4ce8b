/** Several third parties in one go: each is read, each has its contract, and people are asked once. */
import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Checkbox } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/states.tsx";
import type { ThirdParty } from "../../../wire/wire.ts";
import { thirdParties } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { submitting, useAttempt } from "../session/form.ts";
import { t } from "../words/index.ts";
import { type Contract, ContractFields, contractOf, enabling } from "./contract-fields.tsx";
import { Facts } from "./facts.tsx";

/** Whom one can switch on here: what leaves the region is decided about one by one. */
export const together = (parties: readonly ThirdParty[]): ThirdParty[] =>
  parties.filter((party) => party.state !== "on" && party.state !== "locked" && !party.abroad);

interface SeveralProps {
  parties: readonly ThirdParty[];
  onClose: () => void;
  done: (count: number) => void;
}

export function Several({ parties, onClose, done }: SeveralProps) {
  const [chosen, setChosen] = useState<Record<string, Contract>>({});
  const [read, setRead] = useState(false);
  const attempt = useAttempt();
  const named = parties.flatMap((party) => {
    const contract = chosen[party.name];
    return contract ? [{ party, contract }] : [];
  });
  const ready = read && named.length > 0 && named.every((one) => one.contract.contract.trim());
  const set = (name: string, contract: Contract | null) => {
    const { [name]: _, ...others } = chosen;
    setChosen(contract ? { ...others, [name]: contract } : others);
    if (contract && !chosen[name]) setRead(false);
  };
  const enable = async () => {
    const body = named.map(({ party, contract }) => ({
      processor: party.name,
      ...enabling(party, contract),
    }));
    if (await attempt.run(() => thirdParties.enableSeveral(body))) done(named.length);
  };
  return (
    <Dialog
      title={t("third_parties.several")}
      closeLabel={t("action.dismiss")}
      onClose={onClose}
      size="medium"
      actions={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button
            kind="primary"
            type="submit"
            form="third-parties"
            busy={attempt.busy}
            disabled={!ready}
          >
            {t("third_parties.enable")}
          </Button>
        </>
      }
    >
      <form id="third-parties" class="form" onSubmit={submitting(() => ready && enable())}>
        <Notice>{t("third_parties.several_hint")}</Notice>
        {parties.map((party) => (
          <One
            key={party.name}
            party={party}
            value={chosen[party.name] ?? null}
            onValue={(contract) => set(party.name, contract)}
          />
        ))}
        <Checkbox
          label={t("third_parties.i_read")}
          checked={read}
          onChecked={setRead}
          disabled={named.length === 0}
        />
        <ProblemNotice error={attempt.error} />
      </form>
    </Dialog>
  );
}

interface OneProps {
  party: ThirdParty;
  value: Contract | null;
  onValue: (value: Contract | null) => void;
}

function One({ party, value, onValue }: OneProps) {
  return (
    <fieldset class="group-box one-of-several">
      <legend class="for-screen-readers">{party.product}</legend>
      <Checkbox
        label={party.product}
        hint={`${party.company} · ${party.place}`}
        checked={value !== null}
        onChecked={(on) => onValue(on ? contractOf(party) : null)}
      />
      {value && (
        <div class="form">
          <Facts party={party} />
          <ContractFields party={party} value={value} onValue={onValue} />
        </div>
      )}
    </fieldset>
  );
}
