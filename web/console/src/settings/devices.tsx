/** Which devices are woken when the agent is away, and turning this one on. */
import { Tag } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { Notice } from "../../../ui/states.tsx";
import { toast } from "../../../ui/toast.tsx";
import type { Device } from "../../../wire/wire.ts";
import { deviceName, isPhone } from "../device-name.ts";
import { shortDate } from "../format.ts";
import { devices } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { settingsPath } from "../router.ts";
import { useAttempt } from "../session/form.ts";
import { amAdmin, me } from "../store/store.ts";
import { t } from "../words/index.ts";
import { useQuestion } from "./consents.ts";
import { Showing, useLoaded } from "./loading.tsx";
import { Part } from "./part.tsx";
import { pushAbility, turnOffPush, turnOnPush } from "./push.ts";
import { Question } from "./question.tsx";

export function DevicesPage() {
  const key = me.value?.vapid_public_key ?? null;
  const list = useLoaded(devices.list);
  const attempt = useAttempt();
  const here = list.value?.items.find((device) => device.current);
  const question = useQuestion("wake_up");
  const turnOn = () =>
    attempt.run(async () => {
      if (!key || !question) return;
      const device = await turnOnPush(key, question.notice);
      toast(t(device ? "devices.on" : "devices.refused"), device ? {} : { tone: "danger" });
      await list.reload();
    });
  const turnOff = (device: Device) =>
    attempt.run(async () => {
      await turnOffPush(device);
      toast(t("devices.removed"));
      await list.reload();
    });
  return (
    <>
      <Part title={t("devices.here")} hint={t("devices.about")}>
        {key ? (
          <Here on={Boolean(here)} asked={Boolean(question)} busy={attempt.busy} turnOn={turnOn} />
        ) : (
          <PushIsOff />
        )}
        {key && !here && question && <Question notice={question.notice} />}
        <ProblemNotice error={attempt.error} />
      </Part>
      <Part title={t("devices.list")}>
        <Showing loaded={list}>
          {({ items }) =>
            items.length === 0 ? (
              <p class="hint">{t("devices.none")}</p>
            ) : (
              <ul class="plain-list">
                {items.map((device) => (
                  <li key={device.id}>
                    <span class="item-name">
                      <Icon name={isPhone(device.agent) ? "phone" : "laptop"} />
                      <span>
                        {deviceName(device.agent)}{" "}
                        {device.current && <Tag tone="good">{t("sessions.this")}</Tag>}
                        <span class="hint">
                          {t("since", { date: shortDate(device.created_at) })}
                        </span>
                      </span>
                    </span>
                    <Button size="small" onClick={() => turnOff(device)}>
                      {t("devices.remove")}
                    </Button>
                  </li>
                ))}
              </ul>
            )
          }
        </Showing>
      </Part>
    </>
  );
}

interface HereProps {
  on: boolean;
  asked: boolean;
  busy: boolean;
  turnOn: () => void;
}

/** Nobody says yes before they have the question in front of them. */
function Here({ on, asked, busy, turnOn }: HereProps) {
  const ability = pushAbility();
  if (on) return <Notice tone="good">{t("devices.is_on")}</Notice>;
  if (ability === "unsupported") return <Notice tone="warn">{t("devices.unsupported")}</Notice>;
  if (ability === "denied") return <Notice tone="warn">{t("devices.denied")}</Notice>;
  return (
    <div class="row">
      <Button kind="primary" icon="bell" busy={busy} disabled={!asked} onClick={turnOn}>
        {t("devices.turn_on")}
      </Button>
    </div>
  );
}

/** Browser push goes through vendors abroad; a workspace in China therefore starts without it. */
export function PushIsOff() {
  const region = me.value?.workspace.region;
  return (
    <Notice tone="warn" title={t("devices.off_title")}>
      <p>{t(region === "cn" ? "devices.off_cn" : "devices.off")}</p>
      {amAdmin.value && (
        <p>
          <a href={settingsPath("third-parties")}>{t("settings.third-parties")}</a>
        </p>
      )}
    </Notice>
  );
}
