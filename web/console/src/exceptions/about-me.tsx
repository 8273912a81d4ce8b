/** What was done with one's own data without consent, told afterwards; and saying no to what asks for it. */
import { useEffect } from "preact/hooks";
import { Checkbox } from "../../../ui/field.tsx";
import { listed, moment } from "../format.ts";
import { exceptions } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { useAttempt } from "../session/form.ts";
import { Showing, useLoaded } from "../settings/loading.tsx";
import { Part } from "../settings/part.tsx";
import { count, t } from "../words/index.ts";
import { registerChanged } from "./changed.ts";
import { dataName, purposeName } from "./names.ts";

const refusable = ["EX06", "EX08"] as const;
type Refusable = (typeof refusable)[number];

export function AboutMe() {
  const about = useLoaded(exceptions.aboutMe);
  const attempt = useAttempt();
  const changes = registerChanged.value;
  useEffect(() => void about.reload(), [changes]);
  const refuse = async (code: Refusable, refused: boolean) => {
    if (await attempt.run(() => exceptions.refuse(code, refused))) await about.reload();
  };
  return (
    <Part title={t("about_me.title")} hint={t("about_me.about")}>
      <Showing loaded={about}>
        {({ notices, refused }) => (
          <>
            {notices.length === 0 && <p class="hint">{t("about_me.none")}</p>}
            <ul class="plain-list">
              {notices.map((notice) => (
                <li key={`${notice.code}-${notice.started_at}`}>
                  <span class="item-name">
                    <span>
                      <strong>{t(`exception.${notice.code}`)}</strong>: {notice.reason}
                      <span class="hint">
                        {listed(notice.data.map(dataName))} · {purposeName(notice.purpose)} ·{" "}
                        {moment(notice.started_at)} – {moment(notice.ended_at)} ·{" "}
                        {count("about_me.uses", notice.uses)}
                      </span>
                    </span>
                  </span>
                </li>
              ))}
            </ul>
            <fieldset class="group-box">
              <legend class="label">{t("about_me.refuse")}</legend>
              {refusable.map((code) => (
                <Checkbox
                  key={code}
                  label={t(`about_me.${code}`)}
                  checked={refused.includes(code)}
                  disabled={attempt.busy}
                  onChecked={(no) => void refuse(code, no)}
                />
              ))}
            </fieldset>
          </>
        )}
      </Showing>
      <ProblemNotice error={attempt.error} />
    </Part>
  );
}
