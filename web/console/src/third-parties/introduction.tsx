/** The hand-over notice of a third party, and switching it on after it was read (clause 1.8c). */
import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Checkbox } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/states.tsx";
import type { ThirdParties, ThirdParty, TransferDraft } from "../../../wire/wire.ts";
import { thirdParties, transfers } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { submitting, useAttempt } from "../session/form.ts";
import { regionName } from "../session/setup-state.ts";
import { t } from "../words/index.ts";
import { ContractFields, contractOf, enabling } from "./contract-fields.tsx";
import { Facts } from "./facts.tsx";
import { TransferFields } from "./transfer-fields.tsx";

type Decision = Pick<TransferDraft, "basis" | "assessment">;

interface IntroductionProps {
  party: ThirdParty;
  found: ThirdParties;
  onClose: () => void;
  done: () => void;
}

export function Introduction({ party, found, onClose, done }: IntroductionProps) {
  const [read, setRead] = useState(false);
  const [contract, setContract] = useState(contractOf(party));
  const [decision, setDecision] = useState<Decision>({
    basis: found.bases[0] ?? "exemption",
    assessment: "",
  });
  const attempt = useAttempt();
  const decides = party.abroad && party.state !== "on";
  const ready = read && contract.contract.trim() && (!decides || decision.assessment.trim());
  const enable = async () => {
    const went = await attempt.run(async () => {
      if (decides) await transfers.record({ processor: party.name, ...decision });
      await thirdParties.enable(party.name, enabling(party, contract));
    });
    if (went) done();
  };
  return (
    <Dialog
      title={party.product}
      closeLabel={t("action.dismiss")}
      onClose={onClose}
      size="medium"
      actions={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button
            kind="primary"
            type="submit"
            form="third-party"
            busy={attempt.busy}
            disabled={!ready}
          >
            {t(party.state === "on" ? "third_parties.renew" : "third_parties.enable")}
          </Button>
        </>
      }
    >
      <form id="third-party" class="form" onSubmit={submitting(() => ready && enable())}>
        {party.state === "changed" && (
          <Notice tone="warn">{t("third_parties.changed_hint")}</Notice>
        )}
        <Facts party={party} />
        {party.abroad && (
          <Notice
            tone="warn"
            title={t("third_parties.leaves_title", { region: regionName(found.region) })}
          >
            <p>{t("third_parties.leaves", { countries: party.place })}</p>
          </Notice>
        )}
        {decides && (
          <TransferFields
            region={found.region}
            bases={found.bases}
            value={decision}
            onValue={setDecision}
          />
        )}
        <ContractFields
          party={party}
          value={contract}
          onValue={setContract}
          error={attempt.error}
        />
        <Checkbox label={t("third_parties.i_read")} checked={read} onChecked={setRead} />
        <ProblemNotice error={attempt.error} />
      </form>
    </Dialog>
  );
}
