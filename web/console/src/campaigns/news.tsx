/** What has changed in plain words, the two versions, and what is asked anew. Closing is no answer. */
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { toast } from "../../../ui/toast.tsx";
import type { CampaignForMe, ConsentItem } from "../../../wire/wire.ts";
import { campaigns, consents } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { useAttempt } from "../session/form.ts";
import { useConsents } from "../settings/consents.ts";
import { pushAbility, turnOnPush } from "../settings/push.ts";
import { Question } from "../settings/question.tsx";
import { me } from "../store/store.ts";
import { t } from "../words/index.ts";
import { useTold } from "./told-mark.ts";

interface NewsProps {
  item: CampaignForMe;
  onClose: () => void;
  answered: () => Promise<void>;
  read: () => Promise<void>;
}

export function News({ item, onClose, answered, read }: NewsProps) {
  const { text, asked } = item;
  const attempt = useAttempt();
  useTold(item);
  const finish = () =>
    attempt.run(async () => {
      await campaigns.mark(text.id, "read");
      await read();
    });
  return (
    <Dialog
      title={t("campaigns.title")}
      closeLabel={t("campaigns.later")}
      onClose={onClose}
      size="medium"
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t("campaigns.later")}
          </Button>
          <Button kind="primary" busy={attempt.busy} onClick={finish}>
            {t("campaigns.read")}
          </Button>
        </>
      }
    >
      <p>{t(text.weight === "major" ? "campaigns.lead_major" : "campaigns.lead_minor")}</p>
      <Lines item={item} />
      <ProblemNotice error={attempt.error} />
      {asked.length > 0 && <Asked item={item} answered={answered} />}
    </Dialog>
  );
}

/** The lines, and where to read the whole of it, now and before. */
export function Lines({ item: { text } }: { item: Pick<CampaignForMe, "text"> }) {
  return (
    <>
      <ul class="campaign-lines" lang={text.language}>
        {text.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p class="campaign-links">
        <a href={text.after_url} target="_blank" rel="noopener">
          {t("campaigns.now")}
        </a>
        {text.before_url && (
          <a href={text.before_url} target="_blank" rel="noopener">
            {t("campaigns.before")}
          </a>
        )}
      </p>
    </>
  );
}

function Asked({ item, answered }: { item: CampaignForMe; answered: () => Promise<void> }) {
  const { value } = useConsents();
  const items = value?.items.filter((one) => item.asked.includes(one.purpose)) ?? [];
  return (
    <section class="campaign-asked">
      <p>{t("campaigns.ask")}</p>
      {items.map((one) => (
        <Choice key={one.purpose} item={one} answered={answered} />
      ))}
    </section>
  );
}

/** One purpose that somebody agreed to once: yes or no, each one press. */
function Choice({ item, answered }: { item: ConsentItem; answered: () => Promise<void> }) {
  const attempt = useAttempt();
  const { notice, purpose } = item;
  const key = me.value?.vapid_public_key ?? null;
  const possible = purpose !== "wake_up" || (key !== null && pushAbility() === "ready");
  const say = (answer: "given" | "refused") =>
    consents.answer({ purpose, answer, notice_hash: notice.hash, language: notice.language });
  const yes = () =>
    attempt.run(async () => {
      if (purpose !== "wake_up") await say("given");
      else if (key && !(await turnOnPush(key, notice))) {
        toast(t("devices.refused"), { tone: "danger" });
        return;
      }
      await answered();
    });
  const no = () =>
    attempt.run(async () => {
      await say("refused");
      toast(t("campaigns.refused"));
      await answered();
    });
  return (
    <div class="campaign-choice">
      <h3>{notice.title}</h3>
      <Question notice={notice} />
      <ProblemNotice error={attempt.error} />
      {!possible && <p class="hint">{t("campaigns.not_here")}</p>}
      <div class="campaign-answers">
        <Button busy={attempt.busy} disabled={!possible} onClick={yes}>
          {t("campaigns.yes")}
        </Button>
        <Button busy={attempt.busy} onClick={no}>
          {t("campaigns.no")}
        </Button>
      </div>
    </div>
  );
}
