/** Making sure who somebody is, by the least that does it: a code, or a sentence that only they know. */
import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { CopyBox } from "../../../ui/copy.tsx";
import { Notice } from "../../../ui/states.tsx";
import type { IdentityQuestion, RequestDetail, RequestUnmasked } from "../../../wire/wire.ts";
import { requests } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { useAttempt } from "../session/form.ts";
import { Part } from "../settings/part.tsx";
import { t } from "../words/index.ts";

interface Props {
  detail: RequestDetail;
  onChange: (detail: RequestDetail) => void;
}

export function IdentityPart({ detail, onChange }: Props) {
  const [code, setCode] = useState<string | null>(null);
  const attempt = useAttempt();
  const { request, asked, masked } = detail;
  if (!["received", "identity_asked"].includes(request.state) || !detail.needs_identity)
    return null;
  if (asked === "consent") return <Consent detail={detail} onChange={onChange} />;
  const ask = (check: IdentityQuestion["check"]) =>
    attempt.run(async () => {
      const answer = await requests.askIdentity(request.id, check);
      setCode(answer.code);
      onChange(answer.detail);
    });
  return (
    <Part title={t("requests.who")} hint={t("requests.who_hint")}>
      {code && (
        <Notice tone="good" title={t("requests.code_title")}>
          <p>{t("requests.code_hint")}</p>
          <CopyBox
            label={t("requests.code_title")}
            text={code}
            copy={t("action.copy")}
            copied={t("copied")}
          />
        </Notice>
      )}
      {!code && asked === "code" && <Notice>{t("requests.waits_code")}</Notice>}
      {asked === "proof" && !masked && <Notice>{t("requests.waits_proof")}</Notice>}
      {masked && (
        <Proof
          id={request.id}
          title={t("requests.proof")}
          accept={t("requests.accept")}
          onChange={onChange}
        />
      )}
      <ProblemNotice error={attempt.error} />
      {!masked && (
        <div class="row">
          <Button busy={attempt.busy} onClick={() => ask("code")}>
            {t(asked === "code" ? "requests.new_code" : "requests.ask_code")}
          </Button>
          {asked !== "proof" && (
            <Button busy={attempt.busy} onClick={() => ask("proof")}>
              {t("requests.ask_proof")}
            </Button>
          )}
        </div>
      )}
    </Part>
  );
}

/** A child's guardian: their consent is what is looked at, and what opens the door. */
function Consent({ detail, onChange }: Props) {
  const { masked, request } = detail;
  return (
    <Part title={t("requests.who_guardian")} hint={t("requests.who_guardian_hint")}>
      {masked ? (
        <Proof
          id={request.id}
          title={t("requests.consent")}
          accept={t("requests.accept_consent")}
          onChange={onChange}
        />
      ) : (
        <Notice>{t("requests.waits_guardian")}</Notice>
      )}
    </Part>
  );
}

interface ProofProps {
  id: string;
  title: string;
  accept: string;
  onChange: Props["onChange"];
}

/** What somebody shows who they are with: masked, until somebody asks to see it. */
function Proof(props: ProofProps) {
  const [shown, setShown] = useState<string | null>(null);
  const attempt = useAttempt();
  const show = () => attempt.run(async () => setShown(told(await requests.unmask(props.id))));
  const decide = (accepted: boolean) =>
    attempt.run(async () => props.onChange(await requests.decide(props.id, accepted)));
  return (
    <>
      <figure class="request-proof">
        <figcaption class="hint">{props.title}</figcaption>
        <blockquote>{shown ?? <span aria-hidden="true">••••••••••••</span>}</blockquote>
        {shown === null && <p class="hint">{t("requests.masked")}</p>}
      </figure>
      <ProblemNotice error={attempt.error} />
      {shown === null ? (
        <div class="row">
          <Button kind="primary" busy={attempt.busy} onClick={show}>
            {t("requests.unmask")}
          </Button>
        </div>
      ) : (
        <div class="row">
          <Button kind="primary" busy={attempt.busy} onClick={() => decide(true)}>
            {props.accept}
          </Button>
          <Button busy={attempt.busy} onClick={() => decide(false)}>
            {t("requests.reject")}
          </Button>
        </div>
      )}
    </>
  );
}

function told({ proof, consent }: RequestUnmasked): string {
  if (!consent) return proof ?? "";
  const who = `${consent.name} (${t(`requests.guardian_${consent.relationship}`)})`;
  return `${who}\n${consent.evidence}`;
}
