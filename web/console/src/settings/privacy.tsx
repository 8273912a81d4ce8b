/** Your privacy: what is switched on, each by itself, the receipt of all answers, and the policy. */
import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { toast } from "../../../ui/toast.tsx";
import type { AcceptedNotice, ConsentItem, Receipt } from "../../../wire/wire.ts";
import { Reach } from "../campaigns/reach.tsx";
import { AboutMe } from "../exceptions/about-me.tsx";
import { listed, shortDate } from "../format.ts";
import { consents } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { save } from "../save.ts";
import { useAttempt } from "../session/form.ts";
import { amAdmin, me } from "../store/store.ts";
import { language, t } from "../words/index.ts";
import { useConsents } from "./consents.ts";
import { PushIsOff } from "./devices.tsx";
import { Showing } from "./loading.tsx";
import { Part } from "./part.tsx";
import { pushAbility, turnOnPush, withdrawPush } from "./push.ts";
import { Question } from "./question.tsx";

export function PrivacyPage() {
  const loaded = useConsents();
  return (
    <>
      <Part title={t("privacy.choices")} hint={t("privacy.choices_hint")}>
        <Showing loaded={loaded}>
          {({ items }) => (
            <>
              <ul class="plain-list consents">
                {items
                  .filter((item) => item.in_use || item.state === "given")
                  .map((item) => (
                    <li key={item.purpose}>
                      <Consent item={item} changed={loaded.reload} />
                    </li>
                  ))}
              </ul>
              <Later items={items} />
            </>
          )}
        </Showing>
      </Part>
      <Proof />
      <AboutMe />
      {amAdmin.value && <Reach />}
      <Part title={t("privacy.policy")}>
        <p>
          <a href={`/privacy?language=${language.value}`} target="_blank" rel="noopener">
            {t("privacy.read_policy")}
          </a>
        </p>
        <Accepted notices={loaded.value?.accepted ?? []} />
      </Part>
    </>
  );
}

/** One purpose with its switch: as many presses off as on. */
function Consent({ item, changed }: { item: ConsentItem; changed: () => Promise<void> }) {
  const attempt = useAttempt();
  const key = me.value?.vapid_public_key ?? null;
  const on = item.state === "given";
  const possible = item.purpose === "wake_up" && key !== null && pushAbility() === "ready";
  const turnOn = async () => {
    if (!key) return;
    const device = await turnOnPush(key, item.notice);
    toast(t(device ? "devices.on" : "devices.refused"), device ? {} : { tone: "danger" });
  };
  const turnOff = async () => {
    await (item.purpose === "wake_up" ? withdrawPush() : consents.withdraw(item.purpose));
    toast(t("privacy.turned_off"));
  };
  const flip = async () => {
    await attempt.run(on ? turnOff : turnOn);
    await changed(); // after a failure too: the question may be another one by now
  };
  return (
    <div class="consent">
      <Switch
        label={item.notice.title}
        hint={on ? t("privacy.on", { date: shortDate(item.since ?? 0) }) : t("privacy.off")}
        on={on}
        disabled={attempt.busy || !(on || possible)}
        onFlip={flip}
      />
      <ProblemNotice error={attempt.error} />
      {item.purpose === "wake_up" && !on && <WhyNot on={key !== null} />}
      <Question notice={item.notice} recipients={item.recipients} />
    </div>
  );
}

function WhyNot({ on }: { on: boolean }) {
  if (!on) return <PushIsOff />;
  const ability = pushAbility();
  if (ability === "ready") return null;
  return <p class="hint">{t(ability === "denied" ? "devices.denied" : "devices.unsupported")}</p>;
}

function Later({ items }: { items: readonly ConsentItem[] }) {
  const later = items.filter((item) => !item.in_use && item.state !== "given");
  if (later.length === 0) return null;
  const names = listed(later.map((item) => item.notice.title));
  return <p class="hint">{t("privacy.later", { names })}</p>;
}

function Proof() {
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const attempt = useAttempt();
  const show = () => attempt.run(async () => setReceipt(await consents.receipt(language.value)));
  return (
    <Part title={t("privacy.receipt")} hint={t("privacy.receipt_hint")}>
      <ProblemNotice error={attempt.error} />
      {receipt && <pre class="receipt">{receipt.text}</pre>}
      <div class="row">
        {receipt ? (
          <>
            <Button icon="download" onClick={() => saveReceipt(receipt)}>
              {t("privacy.download")}
            </Button>
            <Button kind="quiet" onClick={() => setReceipt(null)}>
              {t("privacy.hide")}
            </Button>
          </>
        ) : (
          <Button busy={attempt.busy} onClick={show}>
            {t("privacy.show")}
          </Button>
        )}
      </div>
    </Part>
  );
}

function saveReceipt(receipt: Receipt) {
  const file = new Blob([JSON.stringify(receipt, null, 2)], { type: "application/json" });
  save(file, "consents.json");
}

function Accepted({ notices }: { notices: readonly AcceptedNotice[] }) {
  return (
    <>
      {notices.map((notice) => (
        <p key={notice.hash} class="hint">
          {t("privacy.accepted", { hash: notice.hash, date: shortDate(notice.at) })}
        </p>
      ))}
    </>
  );
}
