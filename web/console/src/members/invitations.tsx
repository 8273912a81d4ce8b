/** Invitations and what became of them. */
import { Tag } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { toast } from "../../../ui/toast.tsx";
import type { Invitation } from "../../../wire/wire.ts";
import { moment } from "../format.ts";
import { invitations } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { useAttempt } from "../session/form.ts";
import { Showing, useLoaded } from "../settings/loading.tsx";
import { Part } from "../settings/part.tsx";
import { t } from "../words/index.ts";

const tones = {
  open: "accent",
  accepted: "good",
  declined: "warn",
  withdrawn: "plain",
  expired: "plain",
} as const;

export function Invitations() {
  const list = useLoaded(invitations.list);
  const attempt = useAttempt();
  const withdraw = async (invitation: Invitation) => {
    if (!(await attempt.run(() => invitations.withdraw(invitation.id)))) return;
    toast(t("invitation.withdrawn"));
    await list.reload();
  };
  return (
    <Part title={t("invitation.title")}>
      <ProblemNotice error={attempt.error} />
      <Showing loaded={list}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="hint">{t("invitation.none")}</p>
          ) : (
            <ul class="plain-list">
              {items.map((invitation) => (
                <li key={invitation.id}>
                  <span class="item-name">
                    <span>
                      <strong>{invitation.name}</strong>{" "}
                      <Tag tone={tones[invitation.state]}>
                        {t(`invitation.${invitation.state}`)}
                      </Tag>
                      <span class="hint">
                        {t(`role.${invitation.role}`)} · {invitation.phone}
                        {invitation.state === "open" &&
                          ` · ${t("join.until", { time: moment(invitation.expires_at) })}`}
                      </span>
                    </span>
                  </span>
                  {invitation.state === "open" && (
                    <Button size="small" onClick={() => withdraw(invitation)}>
                      {t("invitation.withdraw")}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Showing>
    </Part>
  );
}
