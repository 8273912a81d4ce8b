/** The operator's page: who answers for the installation, how text messages stand, and links for first administrators. */
import { useEffect, useState } from "preact/hooks";
import { Tag } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { Checkbox } from "../../../ui/field.tsx";
import { Notice, Skeleton } from "../../../ui/states.tsx";
import type { Installation } from "../../../wire/wire.ts";
import { shortDate } from "../format.ts";
import { operator } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { OperatorRequests } from "../requests/operators.tsx";
import { count, number, t } from "../words/index.ts";
import { Card } from "./card.tsx";
import { Certificates } from "./certificates.tsx";
import { ControllerFields, tidyController } from "./controller-fields.tsx";
import { submitting, useAttempt } from "./form.ts";
import { NewAdministrator } from "./new-administrator.tsx";
import { usePolicy } from "./policy.tsx";
import { regionName } from "./setup-state.ts";
import { secret } from "./token.ts";

export function OperatorPage() {
  const [installation, setInstallation] = useState<Installation | null>(null);
  const entering = useAttempt();
  useEffect(() => {
    const token = secret();
    void entering.run(async () =>
      setInstallation(await (token ? operator.enter(token) : operator.read())),
    );
  }, []);
  if (!installation) {
    return (
      <Card title={t("operator.title")}>
        {entering.error ? (
          <Locked error={entering.error} />
        ) : (
          <Skeleton rows={3} kind="lines" label={t("loading")} />
        )}
      </Card>
    );
  }
  return (
    <Card
      title={t("operator.title")}
      lead={t("operator.version", { version: installation.version })}
      wide
    >
      <div class="session-form sections">
        <Sms state={installation.sms} />
        <ControllerSection installation={installation} onChange={setInstallation} />
        <NewAdministrator />
        <OperatorRequests />
        <Certificates />
        <Workspaces installation={installation} />
      </div>
    </Card>
  );
}

function Locked({ error }: { error: ReturnType<typeof useAttempt>["error"] }) {
  return (
    <Notice tone="warn" title={t("operator.locked_title")}>
      <p>{t("operator.locked")}</p>
      <p>
        <code>silkroad operator-link</code>
      </p>
      {error?.problem.status !== 401 && <ProblemNotice error={error} />}
    </Notice>
  );
}

function Sms({ state }: { state: Installation["sms"] }) {
  return (
    <section>
      <h2>
        {t("operator.sms")}{" "}
        <Tag tone={state === "configured" ? "good" : "warn"}>{t(`operator.sms_${state}`)}</Tag>
      </h2>
      {state === "configured" && <p class="hint">{t("operator.sms_configured_hint")}</p>}
      {state === "demo" && <p class="hint">{t("operator.sms_demo_hint")}</p>}
      {state === "not_configured" && (
        <Notice tone="warn">
          <p>{t("operator.sms_how")}</p>
          <p>{t("operator.sms_until")}</p>
        </Notice>
      )}
    </section>
  );
}

function ControllerSection(props: {
  installation: Installation;
  onChange: (installation: Installation) => void;
}) {
  const [controller, setController] = useState(props.installation.controller);
  const [saved, setSaved] = useState(false);
  const [accepted, setAccepted] = useState(false);
  const policy = usePolicy(props.installation.controller);
  const attempt = useAttempt();
  const tidy = tidyController(controller);
  const succeeds = tidy.name !== props.installation.controller.name;
  const save = async () => {
    const read = succeeds && accepted ? (policy?.hash ?? null) : null;
    const change = async () => props.onChange(await operator.update(tidy, read));
    setSaved(await attempt.run(change));
    setAccepted(false);
  };
  return (
    <form onSubmit={submitting(save)}>
      <fieldset>
        <legend>{t("setup.controller")}</legend>
        <p class="hint">{t("setup.controller_hint")}</p>
        <ControllerFields
          value={controller}
          onValue={(value) => {
            setController(value);
            setSaved(false);
          }}
          error={attempt.error}
        />
        {succeeds && (
          <Notice tone="warn" title={t("operator.successor_title")}>
            <p>
              {t("operator.successor")}{" "}
              {policy && (
                <a href={policy.url} target="_blank" rel="noopener">
                  {t("privacy.policy")}
                </a>
              )}
            </p>
            <Checkbox
              label={t("operator.successor_accepts")}
              checked={accepted}
              onChecked={setAccepted}
            />
          </Notice>
        )}
        <ProblemNotice error={attempt.error} />
        <div class="row">
          <Button
            kind="primary"
            type="submit"
            busy={attempt.busy}
            disabled={succeeds && !(accepted && policy)}
          >
            {t("action.save")}
          </Button>
          <span role="status" class="hint">
            {saved ? t("saved") : ""}
          </span>
        </div>
      </fieldset>
    </form>
  );
}

/** Names and sizes only: the operator cannot see into a workspace. */
function Workspaces({ installation }: { installation: Installation }) {
  return (
    <section>
      <h2>
        {t("operator.workspaces")} <Tag>{number(installation.workspaces.length)}</Tag>
      </h2>
      <p class="hint">{t("operator.blind")}</p>
      <ul class="plain-list">
        {installation.workspaces.map((workspace) => (
          <li key={workspace.id}>
            <strong>{workspace.name}</strong>
            <span class="hint">
              {regionName(workspace.region)} · {count("operator.members", workspace.members)} ·{" "}
              {shortDate(workspace.created_at)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
