/** A new workspace: the phone number is proved first, then company, name and region (clause 1.2.1). */
import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Select, TextField } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/states.tsx";
import type { PolicyVersion } from "../../../wire/wire.ts";
import { account } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { language, t } from "../words/index.ts";
import { Card } from "./card.tsx";
import { CodeStep } from "./code-step.tsx";
import { submitting, useAttempt } from "./form.ts";
import { PolicyLine, usePolicy } from "./policy.tsx";
import { enter } from "./session.ts";
import { regionOptions, useSetupState } from "./setup-state.ts";

interface Company {
  company_name: string;
  name: string;
  region: string;
}

export function SignUpPage() {
  const setup = useSetupState();
  const [company, setCompany] = useState<Company | null>(null);
  const policy = usePolicy();
  return (
    <Card
      title={t("sign_up.title")}
      lead={company ? undefined : t("sign_up.lead")}
      foot={
        <p>
          {t("sign_up.known")} <a href="/sign-in">{t("sign_up.sign_in")}</a>
        </p>
      }
    >
      {company ? (
        <>
          <p class="session-summary">
            <strong>{company.company_name}</strong>
            <button type="button" class="link" onClick={() => setCompany(null)}>
              {t("action.change")}
            </button>
          </p>
          <CodeStep
            purpose="sign_up"
            sms={setup?.sms}
            notice={policy?.hash}
            done={async ({ challenge_id, code }) =>
              enter(
                await account.signUp({
                  ...company,
                  challenge_id,
                  code,
                  language: language.value,
                  notice_hash: policy?.hash ?? "",
                }),
                "/settings/inboxes",
              )
            }
          />
        </>
      ) : (
        <CompanyForm next={setCompany} policy={policy} />
      )}
    </Card>
  );
}

function CompanyForm({
  next,
  policy,
}: {
  next: (company: Company) => void;
  policy: PolicyVersion | null;
}) {
  const setup = useSetupState();
  const regions = regionOptions(setup);
  const [company, setCompanyName] = useState("");
  const [name, setName] = useState("");
  const [chosen, setRegion] = useState<string | null>(null);
  const attempt = useAttempt();
  const region = chosen ?? regions[0]?.value ?? "";
  const ready = company.trim() && name.trim() && region;
  return (
    <form
      class="session-form"
      onSubmit={submitting(
        () => ready && next({ company_name: company.trim(), name: name.trim(), region }),
      )}
    >
      <PolicyLine policy={policy} />
      <TextField
        label={t("company.label")}
        autocomplete="organization"
        required
        maxLength={200}
        value={company}
        onValue={setCompanyName}
      />
      <TextField
        label={t("name.label")}
        hint={t("name.hint")}
        autocomplete="name"
        required
        maxLength={100}
        value={name}
        onValue={setName}
      />
      <RegionField regions={regions} value={region} onValue={setRegion} />
      <ProblemNotice error={attempt.error} />
      <Button kind="primary" size="large" type="submit" wide disabled={!ready}>
        {t("action.continue")}
      </Button>
    </form>
  );
}

export function RegionField(props: {
  regions: { value: string; label: string }[];
  value: string;
  onValue: (value: string) => void;
  /** False before the set-up, when there is no policy yet that could be read. */
  policy?: boolean;
  /** Whoever runs the server is told how China comes into the list (clause 2.1). */
  operator?: boolean;
}) {
  const untold =
    props.operator &&
    props.regions.length > 2 && // the server has not said where it stands
    !props.regions.some(({ value }) => value === "cn");
  return (
    <>
      <Select
        label={t("region.label")}
        hint={t("region.hint")}
        required
        value={props.value}
        onValue={props.onValue}
        options={props.regions}
      />
      {untold && <p class="hint">{t("region.no_cn")}</p>}
      <Notice>
        {t(props.value === "cn" ? "region.cn_push" : "region.push")}{" "}
        {props.policy !== false && (
          <a href="/privacy#third-parties" target="_blank" rel="noreferrer">
            {t("region.push_more")}
          </a>
        )}
      </Notice>
    </>
  );
}
