/** An invitation by phone number; the link is shown once, to be passed on by hand where no text message goes out. */
import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { CopyBox } from "../../../ui/copy.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { TextField } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/states.tsx";
import type { InvitationCreated } from "../../../wire/wire.ts";
import { moment } from "../format.ts";
import { AttestationFields, useAttesting } from "../imports/attestation.tsx";
import { invitations } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { PhoneField } from "../session/code-step.tsx";
import { submitting, tidyPhone, useAttempt } from "../session/form.ts";
import { inboxes } from "../store/store.ts";
import { t } from "../words/index.ts";
import { type Access, AccessFields } from "./access-fields.tsx";

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [created, setCreated] = useState<InvitationCreated | null>(null);
  return created ? (
    <Created created={created} onClose={onClose} />
  ) : (
    <Form onClose={onClose} done={setCreated} />
  );
}

function Form({
  onClose,
  done,
}: {
  onClose: () => void;
  done: (created: InvitationCreated) => void;
}) {
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const [access, setAccess] = useState<Access>(() => ({ role: "agent", inbox_ids: allInboxes() }));
  const attesting = useAttesting();
  const attempt = useAttempt();
  const invite = () =>
    attempt.run(async () => {
      const person = { name: name.trim(), phone: tidyPhone(phone) };
      done(await invitations.create({ ...person, ...access, attestation: attesting.given }));
    });
  return (
    <Dialog
      title={t("members.invite")}
      closeLabel={t("action.dismiss")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button
            kind="primary"
            type="submit"
            form="invite"
            busy={attempt.busy}
            disabled={!name.trim() || tidyPhone(phone).length < 6 || !attesting.given}
          >
            {t("members.send_invitation")}
          </Button>
        </>
      }
    >
      <form id="invite" class="form" onSubmit={submitting(invite)}>
        <TextField
          label={t("members.name")}
          autocomplete="off"
          required
          maxLength={100}
          value={name}
          onValue={setName}
          error={attempt.error?.field("name")}
        />
        <PhoneField value={phone} onValue={setPhone} error={attempt.error?.field("phone")} />
        <AccessFields value={access} onValue={setAccess} />
        <AttestationFields value={attesting} />
        <ProblemNotice error={attempt.error} />
      </form>
    </Dialog>
  );
}

function Created({ created, onClose }: { created: InvitationCreated; onClose: () => void }) {
  const { invitation, url, sms } = created;
  return (
    <Dialog
      title={t("members.invited", { name: invitation.name })}
      closeLabel={t("action.dismiss")}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t("action.done")}
        </Button>
      }
    >
      <Notice tone={sms === "sent" ? "good" : "warn"}>
        {t(sms === "sent" ? "members.sms_sent" : "members.sms_missing", {
          phone: invitation.phone,
        })}
      </Notice>
      <p>{t("link.once")}</p>
      <CopyBox label={t("members.link")} text={url} copy={t("action.copy")} copied={t("copied")} />
      <p class="hint">{t("join.until", { time: moment(invitation.expires_at) })}</p>
    </Dialog>
  );
}

const allInboxes = () =>
  [...inboxes.peek().values()]
    .filter((inbox) => inbox.archived_at === null)
    .map((inbox) => inbox.id);
