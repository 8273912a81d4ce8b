/** A password is optional; setting a new one ends all other sessions. */
import { useState } from "preact/hooks";
import { Tag } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { TextField } from "../../../ui/field.tsx";
import { toast } from "../../../ui/toast.tsx";
import { security } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { submitting, useAttempt } from "../session/form.ts";
import { withFreshProof } from "../session/fresh.tsx";
import { update } from "../session/session.ts";
import { me } from "../store/store.ts";
import { t } from "../words/index.ts";
import { Part } from "./part.tsx";

const shortest = 10;

export function PasswordPart() {
  const has = me.value?.account.has_password ?? false;
  const [password, setPassword] = useState("");
  const attempt = useAttempt();
  const set = async () => {
    const done = await attempt.run(async () =>
      update(await withFreshProof(() => security.setPassword(password))),
    );
    if (!done) return;
    setPassword("");
    toast(t("password.set"));
  };
  const remove = async () => {
    if (await attempt.run(async () => update(await withFreshProof(security.removePassword))))
      toast(t("password.removed"));
  };
  return (
    <Part
      title={t("password.label")}
      hint={t("password.hint")}
      side={<Tag tone={has ? "good" : "plain"}>{t(has ? "state.on" : "state.off")}</Tag>}
    >
      <form class="form" onSubmit={submitting(set)}>
        <input
          type="text"
          hidden
          autocomplete="username"
          value={me.value?.account.phone ?? ""}
          readOnly
        />
        <TextField
          label={t(has ? "password.new" : "password.choose")}
          hint={t("password.rule", { n: shortest })}
          type="password"
          autocomplete="new-password"
          value={password}
          onValue={setPassword}
          error={attempt.error?.field("password")}
        />
        <ProblemNotice error={attempt.error} />
        <div class="row">
          <Button type="submit" busy={attempt.busy} disabled={[...password].length < shortest}>
            {t(has ? "password.change" : "password.save")}
          </Button>
          {has && (
            <Button kind="danger" onClick={remove}>
              {t("password.remove")}
            </Button>
          )}
        </div>
      </form>
    </Part>
  );
}
