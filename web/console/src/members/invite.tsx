/** Invitations by phone number, one or many; each link is shown once, to be passed on where no text message goes out. */
import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { CopyBox } from "../../../ui/copy.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Choice, TextArea, TextField } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/states.tsx";
import type { InvitationCreated } from "../../../wire/wire.ts";
import { moment } from "../format.ts";
import { AttestationFields, useAttesting } from "../imports/confirming.tsx";
import { invitations } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { PhoneField } from "../session/code-step.tsx";
import { submitting, tidyPhone, useAttempt } from "../session/form.ts";
import { inboxes } from "../store/store.ts";
import { count, t } from "../words/index.ts";
import { type Access, AccessFields } from "./access-fields.tsx";
import { type Invitee, peopleIn } from "./people-list.ts";

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [created, setCreated] = useState<readonly InvitationCreated[] | null>(null);
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
  done: (created: readonly InvitationCreated[]) => void;
}) {
  const [several, setSeveral] = useState(false);
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const [list, setList] = useState("");
  const [access, setAccess] = useState<Access>(() => ({ role: "agent", inbox_ids: allInboxes() }));
  const attesting = useAttesting();
  const attempt = useAttempt();
  const lines = peopleIn(list);
  const people = lines.filter((person): person is Invitee => person !== null);
  const ready = several
    ? people.length > 0 && people.length === lines.length
    : name.trim() !== "" && tidyPhone(phone).length >= 6;
  const invite = () =>
    attempt.run(async () => {
      const rest = { ...access, attestation: attesting.given };
      const person = { name: name.trim(), phone: tidyPhone(phone) };
      if (several) done((await invitations.import({ people, ...rest })).items);
      else done([await invitations.create({ ...person, ...rest })]);
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
            disabled={!ready || !attesting.given}
          >
            {t("members.send_invitation")}
          </Button>
        </>
      }
    >
      <form id="invite" class="form" onSubmit={submitting(invite)}>
        <Choice
          label={t("members.how_many")}
          value={several ? "several" : "one"}
          onValue={(chosen) => setSeveral(chosen === "several")}
          options={[
            { value: "one", label: t("members.one") },
            { value: "several", label: t("members.several") },
          ]}
        />
        {several ? (
          <TextArea
            label={t("members.list")}
            hint={t("members.list_hint")}
            rows={5}
            required
            spellcheck={false}
            value={list}
            onValue={setList}
            error={unread(lines)}
          />
        ) : (
          <>
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
          </>
        )}
        <AccessFields value={access} onValue={setAccess} />
        <AttestationFields value={attesting} />
        <ProblemNotice error={attempt.error} />
      </form>
    </Dialog>
  );
}

/** The lines that are no person, by their numbers. */
function unread(lines: readonly (Invitee | null)[]): string | undefined {
  const wrong = lines.flatMap((person, index) => (person ? [] : [index + 1]));
  return wrong.length > 0 ? t("members.list_wrong", { lines: wrong.join(", ") }) : undefined;
}

function Created({
  created,
  onClose,
}: {
  created: readonly InvitationCreated[];
  onClose: () => void;
}) {
  const [first] = created;
  if (!first) return null;
  const alone = created.length === 1;
  return (
    <Dialog
      title={
        alone
          ? t("members.invited", { name: first.invitation.name })
          : count("members.invited_many", created.length)
      }
      closeLabel={t("action.dismiss")}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t("action.done")}
        </Button>
      }
    >
      <Notice tone={first.sms === "sent" ? "good" : "warn"}>{notice(first, alone)}</Notice>
      <p>{t("link.once")}</p>
      {created.map(({ invitation, url }) => (
        <div key={invitation.id} class="field">
          {!alone && <strong class="label">{invitation.name}</strong>}
          <CopyBox
            label={`${t("members.link")}: ${invitation.name}`}
            text={url}
            copy={t("action.copy")}
            copied={t("copied")}
          />
        </div>
      ))}
      <p class="hint">{t("join.until", { time: moment(first.invitation.expires_at) })}</p>
    </Dialog>
  );
}

function notice({ sms, invitation }: InvitationCreated, alone: boolean): string {
  if (!alone) return t(sms === "sent" ? "members.sms_sent_many" : "members.sms_missing_many");
  const phone = invitation.phone;
  return t(sms === "sent" ? "members.sms_sent" : "members.sms_missing", { phone });
}

const allInboxes = () =>
  [...inboxes.peek().values()]
    .filter((inbox) => inbox.archived_at === null)
    .map((inbox) => inbox.id);
