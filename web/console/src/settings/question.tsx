/** What somebody agrees to: what for, which data, who gets it, how long, and the way back. */
import type { ConsentNotice } from "../../../wire/wire.ts";
import { t } from "../words/index.ts";
import "./question.css";

export function Question({
  notice,
  recipients = [],
}: {
  notice: ConsentNotice;
  /** Those who were named when the person agreed; before that, everybody it may be. */
  recipients?: readonly string[];
}) {
  return (
    <div class="question" lang={notice.language}>
      <p>{notice.why}</p>
      <dl>
        <dt>{t("privacy.data")}</dt>
        <dd>{notice.data}</dd>
        <dt>{t("privacy.who")}</dt>
        <dd>{recipients.join(", ") || notice.recipients}</dd>
        <dt>{t("privacy.kept")}</dt>
        <dd>{notice.kept}</dd>
      </dl>
      <p>{notice.withdrawal}</p>
    </div>
  );
}
