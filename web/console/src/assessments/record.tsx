/** One assessment: its risk in a line, and everything that was weighed when it is opened. */
import type { ComponentChildren } from "preact";
import { Tag } from "../../../ui/badge.tsx";
import { Icon } from "../../../ui/icon.tsx";
import type { Assessment, Feature } from "../../../wire/wire.ts";
import { purposeName } from "../exceptions/names.ts";
import { moment, shortDate } from "../format.ts";
import { memberName } from "../names.ts";
import { t } from "../words/index.ts";
import { featureName, grave, likely, type Risk, riskName, tones } from "./names.ts";

interface RecordProps {
  record: Assessment;
  features: readonly Feature[];
}

export function Record({ record, features }: RecordProps) {
  return (
    <li>
      <details>
        <summary>
          <span class="exception-name">
            <strong>{featureName(record.feature, features)}</strong>{" "}
            <Tag tone={tones[record.risk_after]}>{riskName(record.risk_after)}</Tag>
            <span class="hint">
              {purposeName(record.purpose)} · {moment(record.assessed_at)}
            </span>
          </span>
          <Icon name="down" size={16} />
        </summary>
        <dl class="exception-facts">
          <Line name={t("assessments.harm")}>{record.harm}</Line>
          <Line name={t("assessments.measures")}>{record.measures}</Line>
          <Line name={t("assessments.before")}>
            {weighed(record.likelihood_before, record.severity_before, record.risk_before)}
          </Line>
          <Line name={t("assessments.after")}>
            {weighed(record.likelihood_after, record.severity_after, record.risk_after)}
          </Line>
          <Line name={t("assessments.by")}>{memberName(record.assessed_by)}</Line>
          <Line name={t("assessments.kept")}>{shortDate(record.kept_until)}</Line>
        </dl>
      </details>
    </li>
  );
}

function weighed(likelihood: number, severity: number, risk: Risk): string {
  return `${likely(likelihood)} × ${grave(severity)} = ${riskName(risk)}`;
}

function Line({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
