/** The form of an assessment; it says before saving when that will lock the feature. */
import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Select, TextArea } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/states.tsx";
import type { AssessmentDraft, AssessmentList } from "../../../wire/wire.ts";
import { purposeName } from "../exceptions/names.ts";
import { assessments } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { submitting, useAttempt } from "../session/form.ts";
import { t } from "../words/index.ts";
import { featureName, grave, levels, likely, riskName, riskOf } from "./names.ts";

interface AssessProps {
  feature: string;
  list: AssessmentList;
  onClose: () => void;
  done: () => void;
}

export function AssessDialog({ feature, list, onClose, done }: AssessProps) {
  const [draft, setDraft] = useState<AssessmentDraft>(() => blank(feature));
  const set = (change: Partial<AssessmentDraft>) => setDraft({ ...draft, ...change });
  const attempt = useAttempt();
  const locks = riskOf(draft.likelihood_after, draft.severity_after) === "high";
  const ready = draft.harm.trim() && draft.measures.trim();
  const save = async () => {
    if (await attempt.run(() => assessments.assess(draft))) done();
  };
  return (
    <Dialog
      title={featureName(feature, list.features)}
      closeLabel={t("action.dismiss")}
      onClose={onClose}
      size="medium"
      actions={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button
            kind={locks ? "danger" : "primary"}
            type="submit"
            form="assess"
            busy={attempt.busy}
            disabled={!ready}
          >
            {t(locks ? "assessments.save_and_lock" : "assessments.save")}
          </Button>
        </>
      }
    >
      <form id="assess" class="form" onSubmit={submitting(() => ready && save())}>
        <Select
          label={t("assessments.purpose")}
          value={draft.purpose}
          onValue={(purpose) => set({ purpose })}
          options={list.purposes.map((value) => ({ value, label: purposeName(value) }))}
        />
        <TextArea
          label={t("assessments.harm")}
          hint={t("assessments.harm_hint")}
          required
          maxLength={2000}
          value={draft.harm}
          onValue={(harm) => set({ harm })}
        />
        <Levels
          title={t("assessments.before")}
          likelihood={draft.likelihood_before}
          severity={draft.severity_before}
          onLikelihood={(likelihood_before) => set({ likelihood_before })}
          onSeverity={(severity_before) => set({ severity_before })}
        />
        <TextArea
          label={t("assessments.measures")}
          required
          maxLength={2000}
          value={draft.measures}
          onValue={(measures) => set({ measures })}
        />
        <Levels
          title={t("assessments.after")}
          likelihood={draft.likelihood_after}
          severity={draft.severity_after}
          onLikelihood={(likelihood_after) => set({ likelihood_after })}
          onSeverity={(severity_after) => set({ severity_after })}
        />
        {locks && <Notice tone="warn">{t("assessments.will_lock")}</Notice>}
        <ProblemNotice error={attempt.error} />
      </form>
    </Dialog>
  );
}

const blank = (feature: string): AssessmentDraft => ({
  feature,
  purpose: feature === "media" ? "microphone" : "conversation",
  harm: "",
  measures: "",
  likelihood_before: 2,
  severity_before: 2,
  likelihood_after: 1,
  severity_after: 1,
});

interface LevelsProps {
  title: string;
  likelihood: number;
  severity: number;
  onLikelihood: (level: number) => void;
  onSeverity: (level: number) => void;
}

function Levels({ title, likelihood, severity, onLikelihood, onSeverity }: LevelsProps) {
  return (
    <fieldset class="group-box">
      <legend class="label">{title}</legend>
      <div class="check-grid">
        <LevelField
          label={t("assessments.likelihood")}
          value={likelihood}
          onValue={onLikelihood}
          name={likely}
        />
        <LevelField
          label={t("assessments.severity")}
          value={severity}
          onValue={onSeverity}
          name={grave}
        />
      </div>
      <p class="hint" aria-live="polite">
        {t("assessments.risk")}: {riskName(riskOf(likelihood, severity))}
      </p>
    </fieldset>
  );
}

interface LevelProps {
  label: string;
  value: number;
  onValue: (level: number) => void;
  name: (level: number) => string;
}

function LevelField({ label, value, onValue, name }: LevelProps) {
  return (
    <Select
      label={label}
      value={`${value}`}
      onValue={(chosen) => onValue(Number(chosen))}
      options={levels.map((level) => ({ value: `${level}`, label: name(level) }))}
    />
  );
}
