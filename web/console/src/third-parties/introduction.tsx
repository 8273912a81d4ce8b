/** The hand-over notice of a third party, and switching it on after it was read (clause 1.8c). */
import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Checkbox, TextField } from "../../../ui/field.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { Notice } from "../../../ui/states.tsx";
import type { ThirdParty, TransferDraft } from "../../../wire/wire.ts";
import { thirdParties, transfers } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { submitting, useAttempt } from "../session/form.ts";
import { regionName } from "../session/setup-state.ts";
import { language, t } from "../words/index.ts";
import { Covers, covered } from "./covers.tsx";
import { dayEnd, TransferFields } from "./transfer-fields.tsx";

type Decision = Pick<TransferDraft, "basis" | "assessment">;

interface IntroductionProps {
  party: ThirdParty;
  region: string;
  onClose: () => void;
  done: () => void;
}

export function Introduction({ party, region, onClose, done }: IntroductionProps) {
  const [read, setRead] = useState(false);
  const [contract, setContract] = useState(party.contract ?? party.terms);
  const [until, setUntil] = useState("");
  const [fields, setFields] = useState(covered(party));
  const [decision, setDecision] = useState<Decision>({
    basis: "standard_contract",
    assessment: "",
  });
  const attempt = useAttempt();
  const decides = party.abroad && party.state !== "on";
  const ready = read && contract.trim() && (!decides || decision.assessment.trim());
  const enable = async () => {
    const went = await attempt.run(async () => {
      if (decides) await transfers.record({ processor: party.name, ...decision });
      await thirdParties.enable(party.name, {
        notice_hash: party.notice_hash,
        language: language.value,
        contract: contract.trim(),
        contract_until: until ? dayEnd(until) : null,
        fields,
      });
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
            title={t("third_parties.leaves_title", { region: regionName(region) })}
          >
            <p>{t("third_parties.leaves", { countries: party.place })}</p>
          </Notice>
        )}
        {decides && <TransferFields value={decision} onValue={setDecision} />}
        <TextField
          label={t("third_parties.contract")}
          hint={t("third_parties.contract_hint")}
          required
          maxLength={200}
          value={contract}
          onValue={setContract}
          error={attempt.error?.field("contract")}
        />
        <TextField
          label={t("third_parties.contract_until")}
          hint={t("third_parties.contract_until_hint")}
          type="date"
          value={until}
          onValue={setUntil}
          error={attempt.error?.field("contract_until")}
        />
        <Covers party={party} value={fields} onValue={setFields} />
        <Checkbox label={t("third_parties.i_read")} checked={read} onChecked={setRead} />
        <ProblemNotice error={attempt.error} />
      </form>
    </Dialog>
  );
}

/** Every cell of the table of clause 2.0, as the server tells it in the reader's language. */
function Facts({ party }: { party: ThirdParty }) {
  return (
    <dl class="party-facts">
      <dt>{t("third_parties.company")}</dt>
      <dd>{party.company}</dd>
      <dt>{t("third_parties.purpose")}</dt>
      <dd>{party.purpose}</dd>
      <dt>{t("third_parties.scenario")}</dt>
      <dd>{party.scenario}</dd>
      <dt>{t("third_parties.gets")}</dt>
      <dd>
        <ul>
          {party.data.map(({ field, told }) => (
            <li key={field}>{told}</li>
          ))}
        </ul>
      </dd>
      <dt>{t("third_parties.method")}</dt>
      <dd>{party.method}</dd>
      <dt>{t("third_parties.place")}</dt>
      <dd>{party.place}</dd>
      <dt>{t("third_parties.policy")}</dt>
      <dd>
        <a href={party.policy_url} target="_blank" rel="noreferrer">
          {party.policy_url.replace("https://", "")} <Icon name="open" size={13} />
        </a>
      </dd>
    </dl>
  );
}
