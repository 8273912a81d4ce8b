/** Impact assessments: how it stands with each feature, and what was weighed (clause 8.6). */
import { useEffect, useState } from "preact/hooks";
import { Tag } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { Empty } from "../../../ui/states.tsx";
import { toast } from "../../../ui/toast.tsx";
import type { AssessmentList, Feature } from "../../../wire/wire.ts";
import { shortDate } from "../format.ts";
import { assessments } from "../operations.ts";
import { Showing, useLoaded } from "../settings/loading.tsx";
import { Part } from "../settings/part.tsx";
import { t } from "../words/index.ts";
import { assessmentsChanged } from "./changed.ts";
import { featureName, riskName } from "./names.ts";
import { AssessDialog } from "./new.tsx";
import { Record } from "./record.tsx";
import "../exceptions/exceptions.css";

export function AssessmentsPage() {
  const list = useLoaded(assessments.list);
  const [assessing, setAssessing] = useState<string | null>(null);
  const changes = assessmentsChanged.value;
  useEffect(() => void list.reload(), [changes]);
  const done = () => {
    setAssessing(null);
    toast(t("assessments.saved"));
    void list.reload();
  };
  return (
    <>
      <Part title={t("assessments.features")} hint={t("assessments.about")}>
        <Showing loaded={list} rows={6}>
          {({ features }) => (
            <ul class="plain-list">
              {features.map((feature) => (
                <Line
                  key={feature.name}
                  feature={feature}
                  features={features}
                  assess={() => setAssessing(feature.name)}
                />
              ))}
            </ul>
          )}
        </Showing>
      </Part>
      <Part title={t("assessments.list")} hint={t("assessments.list_about")}>
        <Showing loaded={list} rows={2}>
          {(found) => <Records found={found} />}
        </Showing>
      </Part>
      {assessing && list.value && (
        <AssessDialog
          feature={assessing}
          list={list.value}
          onClose={() => setAssessing(null)}
          done={done}
        />
      )}
    </>
  );
}

interface LineProps {
  feature: Feature;
  features: readonly Feature[];
  assess: () => void;
}

function Line({ feature, features, assess }: LineProps) {
  const { risk, assessed_at: at } = feature;
  return (
    <li>
      <span class="item-name">
        <span>
          <strong>{featureName(feature.name, features)}</strong>{" "}
          <Tag tone={feature.locked ? "warn" : "plain"}>
            {t(feature.locked ? "assessments.locked" : "assessments.open")}
          </Tag>
          <span class="hint">
            {risk && at
              ? `${t("assessments.risk")}: ${riskName(risk)} · ${shortDate(at)}`
              : t("assessments.unassessed")}
          </span>
        </span>
      </span>
      <Button size="small" onClick={assess}>
        {t("assessments.new")}
      </Button>
    </li>
  );
}

function Records({ found }: { found: AssessmentList }) {
  if (found.items.length === 0) {
    return (
      <Empty icon="shield" title={t("assessments.none")}>
        <p>{t("assessments.none_hint")}</p>
      </Empty>
    );
  }
  return (
    <ul class="exceptions">
      {found.items.map((record) => (
        <Record key={record.id} record={record} features={found.features} />
      ))}
    </ul>
  );
}
