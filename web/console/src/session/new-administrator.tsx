/** A one-time link that opens a workspace for its first administrator, without a text message. */
import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { CopyBox } from "../../../ui/copy.tsx";
import { TextField } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/states.tsx";
import type { AdministratorLink } from "../../../wire/wire.ts";
import { moment } from "../format.ts";
import { AttestationFields, useAttesting } from "../imports/confirming.tsx";
import { operator } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { t } from "../words/index.ts";
import { PhoneField } from "./code-step.tsx";
import { submitting, tidyPhone, useAttempt } from "./form.ts";
import { regionOptions, useSetupState } from "./setup-state.ts";
import { RegionField } from "./sign-up.tsx";

export function NewAdministrator() {
  const regions = regionOptions(useSetupState());
  const [company, setCompany] = useState("");
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const [chosen, setRegion] = useState<string | null>(null);
  const [link, setLink] = useState<AdministratorLink | null>(null);
  const attesting = useAttesting();
  const attempt = useAttempt();
  const region = chosen ?? regions[0]?.value ?? "";
  const make = () =>
    attempt.run(async () => {
      const body = {
        company_name: company.trim(),
        region,
        name: name.trim(),
        phone: tidyPhone(phone),
        attestation: attesting.given,
      };
      setLink(await operator.invite(body));
      setCompany("");
      setName("");
      setPhone("");
      attesting.set({ confirmed: false });
    });
  return (
    <form onSubmit={submitting(make)}>
      <fieldset>
        <legend>{t("operator.administrator")}</legend>
        <p class="hint">{t("operator.administrator_hint")}</p>
        <TextField
          label={t("company.label")}
          autocomplete="off"
          required
          value={company}
          onValue={setCompany}
        />
        <TextField
          label={t("operator.administrator_name")}
          autocomplete="off"
          required
          value={name}
          onValue={setName}
        />
        <PhoneField value={phone} onValue={setPhone} error={attempt.error?.field("phone")} />
        <RegionField regions={regions} value={region} onValue={setRegion} operator />
        <AttestationFields value={attesting} />
        <ProblemNotice error={attempt.error} />
        <div class="row">
          <Button type="submit" icon="key" busy={attempt.busy} disabled={!attesting.given}>
            {t("operator.make_link")}
          </Button>
        </div>
        {link && (
          <Notice tone="good" title={t("link.once")}>
            <CopyBox
              label={t("operator.make_link")}
              text={link.url}
              copy={t("action.copy")}
              copied={t("copied")}
            />
            <p class="hint">{t("join.until", { time: moment(link.expires_at) })}</p>
          </Notice>
        )}
      </fieldset>
    </form>
  );
}
