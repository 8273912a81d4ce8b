/** Lets the host website say who its signed-in customer is, proved by a secret that only its server knows. */
import { useState } from "preact/hooks";
import { Tag } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { CopyBox } from "../../../ui/copy.tsx";
import { Checkbox } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/states.tsx";
import type { Detail, Inbox } from "../../../wire/wire.ts";
import { listed, shortDate } from "../format.ts";
import { inboxes } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { useAttempt } from "../session/form.ts";
import { Part } from "../settings/part.tsx";
import { loadPeople } from "../store/load.ts";
import { t } from "../words/index.ts";

/** The text under the HMAC is id, name, e-mail and phone, one per line, an absent one empty. */
const example = `import hashlib, hmac

details = (customer.id, customer.name or "", customer.email or "", customer.phone or "")
proof = hmac.new(SECRET.encode(), "\\n".join(details).encode(), hashlib.sha256).hexdigest()`;

const all: readonly Detail[] = ["name", "email", "phone"];
const named = (detail: Detail) => t(`detail.${detail}`);

const onPage = `silkroad("identify", { id, name, email, phone, hmac: proof });`;

export function IdentityPart({ inbox }: { inbox: Inbox }) {
  const [secret, setSecret] = useState<string | null>(null);
  const [details, setDetails] = useState<readonly Detail[]>(
    () => inbox.identity_grant?.details ?? all,
  );
  const attempt = useAttempt();
  const rotate = () =>
    attempt.run(async () => {
      setSecret((await inboxes.rotateSecret(inbox.id, details)).secret);
      await loadPeople();
    });
  const remove = () =>
    attempt.run(async () => {
      await inboxes.removeSecret(inbox.id);
      setSecret(null);
      await loadPeople();
    });
  return (
    <Part
      title={t("identity.title")}
      hint={t("identity.about")}
      side={
        <Tag tone={inbox.identity_enabled ? "good" : "plain"}>
          {t(inbox.identity_enabled ? "state.on" : "state.off")}
        </Tag>
      }
    >
      {secret && (
        <Notice tone="warn" title={t("identity.once")}>
          <CopyBox
            label={t("identity.secret")}
            text={secret}
            copy={t("action.copy")}
            copied={t("copied")}
          />
          <p>{t("identity.example")}</p>
          <CopyBox
            label={t("identity.example")}
            text={example}
            copy={t("action.copy")}
            copied={t("copied")}
            multiline
          />
          <p>{t("identity.on_page")}</p>
          <CopyBox
            label={t("identity.on_page")}
            text={onPage}
            copy={t("action.copy")}
            copied={t("copied")}
            multiline
          />
        </Notice>
      )}
      {inbox.identity_grant && (
        <p>
          {t("identity.granted", {
            details: listed([t("identity.id"), ...inbox.identity_grant.details.map(named)]),
            date: shortDate(inbox.identity_grant.granted_at),
          })}
        </p>
      )}
      <fieldset class="group-box">
        <legend class="label">{t("identity.details")}</legend>
        {all.map((detail) => (
          <Checkbox
            key={detail}
            label={named(detail)}
            checked={details.includes(detail)}
            onChecked={(on) =>
              setDetails(all.filter((other) => (other === detail ? on : details.includes(other))))
            }
          />
        ))}
      </fieldset>
      {inbox.identity_enabled && !secret && <p class="hint">{t("identity.rotate_hint")}</p>}
      <ProblemNotice error={attempt.error} />
      <div class="row">
        <Button icon="key" busy={attempt.busy} onClick={rotate}>
          {t(inbox.identity_enabled ? "identity.rotate" : "identity.create")}
        </Button>
        {inbox.identity_enabled && (
          <Button kind="danger" busy={attempt.busy} onClick={remove}>
            {t("identity.remove")}
          </Button>
        )}
      </div>
    </Part>
  );
}
