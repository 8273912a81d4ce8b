/** Whether visitors may show their own conversation to others by a link, and which links are open. */
import { Button } from "../../../ui/button.tsx";
import { Checkbox } from "../../../ui/field.tsx";
import { toast } from "../../../ui/toast.tsx";
import type { CompanyPublication } from "../../../wire/wire.ts";
import { shortDate } from "../format.ts";
import { publications } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { conversationPath } from "../router.ts";
import { useAttempt } from "../session/form.ts";
import { Showing, useLoaded } from "../settings/loading.tsx";
import { Part } from "../settings/part.tsx";
import { t } from "../words/index.ts";

export function PublishingPart() {
  const loaded = useLoaded(publications.list);
  const attempt = useAttempt();
  const change = async (work: () => Promise<unknown>) => {
    if (await attempt.run(work)) await loaded.reload();
  };
  const end = async (id: string) => {
    await change(() => publications.end(id));
    toast(t("publishing.ended"));
  };
  return (
    <Part title={t("publishing.title")} hint={t("publishing.hint")}>
      <ProblemNotice error={attempt.error} />
      <Showing loaded={loaded} rows={1}>
        {({ allowed, items }) => (
          <>
            <Checkbox
              label={t("publishing.allow")}
              hint={t("publishing.allow_hint")}
              checked={allowed}
              disabled={attempt.busy}
              onChecked={(on) => change(() => publications.allow(on))}
            />
            <Open items={items} end={end} busy={attempt.busy} />
          </>
        )}
      </Showing>
    </Part>
  );
}

function Open({
  items,
  end,
  busy,
}: {
  items: CompanyPublication[];
  end: (id: string) => void;
  busy: boolean;
}) {
  const open = items.filter(({ publication }) => publication.state === "open");
  if (open.length === 0) return null;
  return (
    <ul class="plain-list" aria-label={t("publishing.open")}>
      {open.map(({ publication, conversation_id }) => (
        <li key={publication.id}>
          <span class="item-name">
            <span>
              <a href={conversationPath(conversation_id)}>{t("publishing.conversation")}</a>
              <span class="hint">
                {t("publishing.until", { date: shortDate(publication.expires_at) })}
              </span>
            </span>
          </span>
          <Button size="small" busy={busy} onClick={() => end(publication.id)}>
            {t("publishing.end")}
          </Button>
        </li>
      ))}
    </ul>
  );
}
