/** Where one is signed in; each session can be ended from here. */
import { Tag } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { toast } from "../../../ui/toast.tsx";
import type { SessionInfo } from "../../../wire/wire.ts";
import { deviceName, isPhone } from "../device-name.ts";
import { moment } from "../format.ts";
import { security } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { useAttempt } from "../session/form.ts";
import { t } from "../words/index.ts";
import { Showing, useLoaded } from "./loading.tsx";
import { Part } from "./part.tsx";

export function SessionsPart() {
  const list = useLoaded(security.sessions);
  const attempt = useAttempt();
  const end = async (action: () => Promise<unknown>) => {
    if (!(await attempt.run(action))) return;
    toast(t("sessions.ended"));
    await list.reload();
  };
  return (
    <Part
      title={t("sessions.title")}
      hint={t("sessions.about")}
      side={
        (list.value?.items.length ?? 0) > 1 && (
          <Button kind="danger" size="small" onClick={() => end(security.revokeOthers)}>
            {t("sessions.end_others")}
          </Button>
        )
      }
    >
      <ProblemNotice error={attempt.error} />
      <Showing loaded={list}>
        {({ items }) => (
          <ul class="plain-list">
            {items.map((session) => (
              <SessionLine
                key={session.id}
                session={session}
                end={() => end(() => security.revoke(session.id))}
              />
            ))}
          </ul>
        )}
      </Showing>
    </Part>
  );
}

function SessionLine({ session, end }: { session: SessionInfo; end: () => void }) {
  return (
    <li>
      <span class="item-name">
        <Icon name={isPhone(session.agent) ? "phone" : "laptop"} />
        <span>
          {deviceName(session.agent)}{" "}
          {session.kind === "operator" && <Tag>{t("operator.title")}</Tag>}
          <span class="hint">{t("sessions.seen", { time: moment(session.seen_at) })}</span>
        </span>
      </span>
      {session.current ? (
        <Tag tone="good">{t("sessions.this")}</Tag>
      ) : (
        <Button size="small" onClick={end}>
          {t("sessions.end")}
        </Button>
      )}
    </li>
  );
}
