/** Taking an inbox out of service; its conversations stay. */
import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { toast } from "../../../ui/toast.tsx";
import type { Inbox } from "../../../wire/wire.ts";
import { inboxes } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { go, settingsPath } from "../router.ts";
import { useAttempt } from "../session/form.ts";
import { Part } from "../settings/part.tsx";
import { loadPeople } from "../store/load.ts";
import { t } from "../words/index.ts";

export function ArchivePart({ inbox }: { inbox: Inbox }) {
  const [asking, setAsking] = useState(false);
  const attempt = useAttempt();
  const archive = async () => {
    if (!(await attempt.run(() => inboxes.archive(inbox.id)))) return;
    toast(t("archive.done", { name: inbox.name }));
    await loadPeople();
    go(settingsPath("inboxes"), { replace: true });
  };
  return (
    <Part title={t("archive.title")} hint={t("archive.hint")}>
      <div class="row">
        <Button kind="danger" icon="trash" onClick={() => setAsking(true)}>
          {t("archive.title")}
        </Button>
      </div>
      {asking && (
        <Dialog
          title={t("archive.ask", { name: inbox.name })}
          closeLabel={t("action.dismiss")}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{t("action.cancel")}</Button>
              <Button kind="danger" busy={attempt.busy} onClick={archive}>
                {t("archive.title")}
              </Button>
            </>
          }
        >
          <p>{t("archive.consequence")}</p>
          <ProblemNotice error={attempt.error} />
        </Dialog>
      )}
    </Part>
  );
}
