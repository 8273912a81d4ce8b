/** An invitation: what it offers, then accept it (proving the phone number if needed) or decline. */
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { TextField } from "../../../ui/field.tsx";
import { Empty, Skeleton } from "../../../ui/states.tsx";
import type { InvitationPreview } from "../../../wire/wire.ts";
import { moment } from "../format.ts";
import { invitations } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { language, t } from "../words/index.ts";
import { Card } from "./card.tsx";
import { CodeStep, PhoneField } from "./code-step.tsx";
import { submitting, tidyPhone, useAttempt } from "./form.ts";
import { PolicyLine, usePolicy } from "./policy.tsx";
import { enter } from "./session.ts";
import { useSetupState } from "./setup-state.ts";
import { secret } from "./token.ts";

export function JoinPage() {
  const [preview, setPreview] = useState<InvitationPreview | null>(null);
  const [declined, setDeclined] = useState(false);
  const looking = useAttempt();
  useEffect(() => {
    void looking.run(async () => setPreview(await invitations.preview(secret())));
  }, []);
  if (declined) {
    return (
      <Card title={t("join.declined_title")}>
        <p>{t("join.declined")}</p>
      </Card>
    );
  }
  if (!preview) {
    return (
      <Card title={t("join.title")}>
        {looking.error ? (
          <Empty icon="warning" title={t("join.gone_title")}>
            {t("join.gone")}
          </Empty>
        ) : (
          <Skeleton rows={3} kind="lines" label={t("loading")} />
        )}
      </Card>
    );
  }
  return (
    <Card
      title={t("join.offer", { workspace: preview.workspace_name })}
      lead={
        <>
          <p>{t(preview.role === "admin" ? "join.as_admin" : "join.as_agent")}</p>
          <p>{t("join.until", { time: moment(preview.expires_at) })}</p>
        </>
      }
      foot={<Decline done={() => setDeclined(true)} />}
    >
      <Accept preview={preview} />
    </Card>
  );
}

function Accept({ preview }: { preview: InvitationPreview }) {
  const setup = useSetupState();
  const policy = usePolicy(undefined, "invitee");
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const [ready, setReady] = useState(false);
  const attempt = useAttempt();
  const accept = async (proof: { challenge_id?: string; code?: string }) => {
    const body = {
      token: secret(),
      name: name.trim(),
      phone: tidyPhone(phone),
      language: language.value,
      notice_hash: policy?.hash ?? "",
    };
    await enter(await invitations.accept({ ...body, ...proof }), "/");
  };
  if (ready) {
    return (
      <CodeStep
        purpose="accept_invitation"
        sms={setup?.sms}
        notice={policy?.hash}
        phone={tidyPhone(phone)}
        done={accept}
      />
    );
  }
  const next = () => (preview.code_needed ? setReady(true) : void attempt.run(() => accept({})));
  return (
    <form class="session-form" onSubmit={submitting(next)}>
      <PolicyLine policy={policy} />
      <TextField
        label={t("name.label")}
        hint={t("name.hint")}
        autocomplete="name"
        required
        maxLength={100}
        value={name}
        onValue={setName}
      />
      <PhoneField
        value={phone}
        onValue={setPhone}
        hint={t("join.phone_hint", { hint: preview.phone_hint })}
        error={attempt.error?.field("phone")}
      />
      <ProblemNotice error={attempt.error} />
      <Button
        kind="primary"
        size="large"
        type="submit"
        wide
        busy={attempt.busy}
        disabled={!name.trim() || tidyPhone(phone).length < 6}
      >
        {t("join.accept")}
      </Button>
    </form>
  );
}

function Decline({ done }: { done: () => void }) {
  const attempt = useAttempt();
  const decline = async () => {
    if (await attempt.run(() => invitations.decline(secret()))) done();
  };
  return (
    <>
      <ProblemNotice error={attempt.error} />
      <Button kind="quiet" wide busy={attempt.busy} onClick={decline}>
        {t("join.decline")}
      </Button>
    </>
  );
}
