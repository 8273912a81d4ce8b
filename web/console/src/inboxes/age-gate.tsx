/** Whether the chat asks visitors for their date of birth: off, until the company wants it. */
import { Checkbox } from "../../../ui/field.tsx";
import { ageGate } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { useAttempt } from "../session/form.ts";
import { Showing, useLoaded } from "../settings/loading.tsx";
import { Part } from "../settings/part.tsx";
import { t } from "../words/index.ts";

export function AgeGatePart() {
  const gate = useLoaded(ageGate.read);
  const attempt = useAttempt();
  const change = async (asks: boolean) => {
    if (await attempt.run(() => ageGate.set(asks))) await gate.reload();
  };
  return (
    <Part title={t("age.title")} hint={t("age.hint")}>
      <ProblemNotice error={attempt.error} />
      <Showing loaded={gate} rows={1}>
        {({ asks }) => (
          <Checkbox
            label={t("age.ask")}
            hint={t("age.kept")}
            checked={asks}
            disabled={attempt.busy}
            onChecked={change}
          />
        )}
      </Showing>
    </Part>
  );
}
