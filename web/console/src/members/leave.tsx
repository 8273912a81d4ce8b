/** Leaving the workspace of one's own will. */
import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { me as operations } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { useAttempt } from "../session/form.ts";
import { leave } from "../session/session.ts";
import { Part } from "../settings/part.tsx";
import { me } from "../store/store.ts";
import { t } from "../words/index.ts";

export function Leave() {
  const [asking, setAsking] = useState(false);
  const attempt = useAttempt();
  const workspace = me.value?.workspace.name ?? "";
  const go = async () => {
    if (await attempt.run(operations.leave)) leave();
  };
  return (
    <Part title={t("leave.title")} hint={t("leave.hint")}>
      <div class="row">
        <Button kind="danger" icon="exit" onClick={() => setAsking(true)}>
          {t("leave.title")}
        </Button>
      </div>
      {asking && (
        <Dialog
          title={t("leave.ask", { workspace })}
          closeLabel={t("action.dismiss")}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{t("action.cancel")}</Button>
              <Button kind="danger" busy={attempt.busy} onClick={go}>
                {t("leave.title")}
              </Button>
            </>
          }
        >
          <p>{t("leave.consequence")}</p>
          <ProblemNotice error={attempt.error} />
        </Dialog>
      )}
    </Part>
  );
}
