/** Every use of every exception, the newest first. */
import { useEffect, useState } from "preact/hooks";
import { Tag } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import type { ExceptionUse } from "../../../wire/wire.ts";
import { moment } from "../format.ts";
import { memberName } from "../names.ts";
import { exceptions } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { useAttempt } from "../session/form.ts";
import { Part } from "../settings/part.tsx";
import { t } from "../words/index.ts";
import { dataName, personName, purposeName } from "./names.ts";

export function Report() {
  const [uses, setUses] = useState<readonly ExceptionUse[]>([]);
  const [before, setBefore] = useState<number | null | undefined>(undefined);
  const attempt = useAttempt();
  const more = () =>
    attempt.run(async () => {
      const page = await exceptions.report(before ?? undefined);
      setUses([...uses, ...page.items]);
      setBefore(page.before);
    });
  useEffect(() => void more(), []);
  return (
    <Part title={t("report.title")} hint={t("report.about")}>
      {before === null && uses.length === 0 && <p class="hint">{t("report.none")}</p>}
      <ul class="plain-list">
        {uses.map((use) => (
          <li key={use.number}>
            <span class="item-name">
              <span>
                <strong>{personName(use.subject_id)}</strong> · {dataName(use.data)}{" "}
                {use.said_no && <Tag tone="warn">{t("report.said_no")}</Tag>}
                <span class="hint">
                  {t(`exception.${use.code}`)} · {purposeName(use.purpose)} · {who(use)} ·{" "}
                  {moment(use.at)}
                </span>
              </span>
            </span>
          </li>
        ))}
      </ul>
      <ProblemNotice error={attempt.error} />
      {typeof before === "number" && (
        <div class="row">
          <Button busy={attempt.busy} onClick={more}>
            {t("report.more")}
          </Button>
        </div>
      )}
    </Part>
  );
}

function who(use: ExceptionUse): string {
  const actor = use.actor_kind === "member" ? memberName(use.actor_id) : t("report.by_itself");
  return `${actor} (${use.asked})`;
}
