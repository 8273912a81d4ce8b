/** What can be done at once for whoever was verified: a copy of everything, and its erasure. */
import { useRef, useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Checkbox } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/states.tsx";
import { toast } from "../../../ui/toast.tsx";
import type { RequestDetail } from "../../../wire/wire.ts";
import { requests } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { save } from "../save.ts";
import { useAttempt } from "../session/form.ts";
import { Part } from "../settings/part.tsx";
import { t } from "../words/index.ts";

interface Props {
  detail: RequestDetail;
  onChange: (detail: RequestDetail) => void;
}

export function RightsPart({ detail, onChange }: Props) {
  const [sure, setSure] = useState(false);
  const attempt = useAttempt();
  const newest = useRef(detail); // a copy takes its time, and meanwhile others go on
  newest.current = detail;
  const { request, rights, language } = detail;
  const chosen = request.verified_by === "code" || request.verified_by === "proof";
  if (detail.erased_at !== null) return <Notice tone="good">{t("requests.erased")}</Notice>;
  if (detail.erasure_at !== null) return <Notice>{t("requests.erasing")}</Notice>;
  if (rights.length === 0) return null;
  const copy = async () => {
    const done = async () => save(await requests.copy(request.id, language), `${request.id}.zip`);
    if (await attempt.run(done)) onChange({ ...newest.current, may_bind: false });
  };
  const erase = async () => {
    const done = async () => onChange(await requests.erase(request.id));
    if (await attempt.run(done)) toast(t("requests.erasing"));
  };
  return (
    <Part
      title={t("requests.rights")}
      hint={t(chosen ? "requests.rights_chosen_hint" : "requests.rights_hint")}
    >
      <ProblemNotice error={attempt.error} />
      <div class="row">
        <Button icon="download" busy={attempt.busy} onClick={copy}>
          {t("requests.copy")}
        </Button>
      </div>
      {rights.includes("erase") && (
        <>
          <Checkbox
            label={t("requests.erase_sure")}
            hint={t("requests.erase_hint")}
            checked={sure}
            onChecked={setSure}
          />
          <div class="row">
            <Button kind="danger" busy={attempt.busy} disabled={!sure} onClick={erase}>
              {t("requests.erase")}
            </Button>
          </div>
        </>
      )}
    </Part>
  );
}
