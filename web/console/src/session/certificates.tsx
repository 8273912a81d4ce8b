/** What the operator is certified for; the policy names it until its evidence runs out (clause 3.5). */
import { useState } from "preact/hooks";
import { Tag } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { TextField } from "../../../ui/field.tsx";
import { shortDate } from "../format.ts";
import { now } from "../now.ts";
import { certificates } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { Showing, useLoaded } from "../settings/loading.tsx";
import { dayEnd } from "../third-parties/transfer-fields.tsx";
import { t } from "../words/index.ts";
import { submitting, useAttempt } from "./form.ts";

const empty = { name: "", issuer: "", reference: "", day: "" };

export function Certificates() {
  const list = useLoaded(certificates.list);
  const [draft, setDraft] = useState(empty);
  const attempt = useAttempt();
  const ready = Object.values(draft).every((value) => value.trim());
  const change = (part: Partial<typeof empty>) => setDraft({ ...draft, ...part });
  const add = async () => {
    const { day, ...words } = draft;
    const went = await attempt.run(() => certificates.add({ ...words, valid_until: dayEnd(day) }));
    if (!went) return;
    setDraft(empty);
    await list.reload();
  };
  const remove = async (id: string) => {
    if (await attempt.run(() => certificates.remove(id))) await list.reload();
  };
  return (
    <section>
      <h2>{t("certificates.title")}</h2>
      <p class="hint">{t("certificates.about")}</p>
      <Showing loaded={list}>
        {({ items }) => (
          <ul class="plain-list">
            {items.map((item) => (
              <li key={item.id}>
                <span>
                  <strong>{item.name}</strong>{" "}
                  {item.valid_until <= now.value && <Tag tone="warn">{t("certificates.over")}</Tag>}
                  <span class="hint">
                    {item.issuer} · {item.reference} ·{" "}
                    {t("certificates.until", { date: shortDate(item.valid_until) })}
                  </span>
                </span>
                <Button size="small" onClick={() => remove(item.id)}>
                  {t("devices.remove")}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Showing>
      <form class="session-form" onSubmit={submitting(() => ready && add())}>
        <TextField
          label={t("certificates.name")}
          placeholder="ISO/IEC 27001"
          maxLength={120}
          value={draft.name}
          onValue={(name) => change({ name })}
        />
        <TextField
          label={t("certificates.issuer")}
          maxLength={120}
          value={draft.issuer}
          onValue={(issuer) => change({ issuer })}
        />
        <TextField
          label={t("certificates.reference")}
          maxLength={120}
          value={draft.reference}
          onValue={(reference) => change({ reference })}
        />
        <TextField
          label={t("certificates.valid_until")}
          type="date"
          value={draft.day}
          onValue={(day) => change({ day })}
          error={attempt.error?.field("valid_until")}
        />
        <ProblemNotice error={attempt.error} />
        <div class="row">
          <Button type="submit" icon="plus" busy={attempt.busy} disabled={!ready}>
            {t("certificates.add")}
          </Button>
        </div>
      </form>
    </section>
  );
}
