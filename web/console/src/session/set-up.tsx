/** The operator's first start: who answers for this installation, the first workspace, its first admin (clause 9a). */
import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { TextField } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/states.tsx";
import type { Controller } from "../../../wire/wire.ts";
import { setup } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { language, t } from "../words/index.ts";
import { Card } from "./card.tsx";
import { PhoneField } from "./code-step.tsx";
import { ControllerFields, noController, tidyController } from "./controller-fields.tsx";
import { submitting, tidyPhone, useAttempt } from "./form.ts";
import { enter } from "./session.ts";
import { regionOptions, useSetupState } from "./setup-state.ts";
import { RegionField } from "./sign-up.tsx";
import { secret } from "./token.ts";

export function SetUpPage() {
  const state = useSetupState();
  if (state && !state.needed) {
    return (
      <Card title={t("setup.done_title")} foot={<a href="/sign-in">{t("sign_up.sign_in")}</a>}>
        <p>{t("setup.done")}</p>
      </Card>
    );
  }
  if (!secret()) {
    return (
      <Card title={t("setup.title")}>
        <Notice tone="warn" title={t("setup.no_token_title")}>
          <p>{t("setup.no_token")}</p>
        </Notice>
      </Card>
    );
  }
  return (
    <Card title={t("setup.title")} lead={t("setup.lead")} wide>
      <SetUpForm />
    </Card>
  );
}

function SetUpForm() {
  const state = useSetupState();
  const regions = regionOptions(state);
  const [controller, setController] = useState<Controller>(noController);
  const [company, setCompany] = useState("");
  const [chosen, setRegion] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const attempt = useAttempt();
  const region = chosen ?? regions[0]?.value ?? "";
  const complete = async () => {
    const me = await setup.complete({
      token: secret(),
      controller: tidyController(controller),
      company_name: company.trim(),
      region,
      administrator_name: name.trim(),
      administrator_phone: tidyPhone(phone),
      language: language.value,
    });
    await enter(me, "/settings/security");
  };
  return (
    <form class="session-form sections" onSubmit={submitting(() => attempt.run(complete))}>
      <fieldset>
        <legend>{t("setup.controller")}</legend>
        <p class="hint">{t("setup.controller_hint")}</p>
        <ControllerFields value={controller} onValue={setController} error={attempt.error} />
      </fieldset>
      <fieldset>
        <legend>{t("setup.workspace")}</legend>
        <TextField
          label={t("company.label")}
          autocomplete="organization"
          required
          value={company}
          onValue={setCompany}
        />
        <RegionField regions={regions} value={region} onValue={setRegion} policy={false} operator />
      </fieldset>
      <fieldset>
        <legend>{t("setup.administrator")}</legend>
        <TextField
          label={t("name.label")}
          autocomplete="name"
          required
          value={name}
          onValue={setName}
        />
        <PhoneField
          value={phone}
          onValue={setPhone}
          error={attempt.error?.field("administrator_phone")}
        />
      </fieldset>
      <ProblemNotice error={attempt.error} />
      <Button kind="primary" size="large" type="submit" wide busy={attempt.busy}>
        {t("setup.complete")}
      </Button>
    </form>
  );
}
