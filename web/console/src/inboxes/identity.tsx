/** Lets the host website say who its signed-in customer is, proved by a secret that only its server knows. */
import { useState } from "preact/hooks";
import { Tag } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { CopyBox } from "../../../ui/copy.tsx";
import { Notice } from "../../../ui/states.tsx";
import type { Inbox } from "../../../wire/wire.ts";
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

const onPage = `silkroad("identify", { id, name, email, phone, hmac: proof });`;

export function IdentityPart({ inbox }: { inbox: Inbox }) {
  const [secret, setSecret] = useState<string | null>(null);
  const attempt = useAttempt();
  const rotate = () =>
    attempt.run(async () => {
      setSecret((await inboxes.rotateSecret(inbox.id)).secret);
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
      {inbox.identity_enabled && !secret && <p class="hint">{t("identity.rotate_hint")}</p>}
      <ProblemNotice error={attempt.error} />
      <div class="row">
        <Button icon="key" busy={attempt.busy} onClick={rotate}>
          {t(inbox.identity_enabled ? "identity.rotate" : "identity.create")}
        </Button>
      </div>
    </Part>
  );
}
