/** Passkeys: sign in with the device's own lock. */
import { useState } from "preact/hooks";
import { Button, IconButton } from "../../../ui/button.tsx";
import { TextField } from "../../../ui/field.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { toast } from "../../../ui/toast.tsx";
import { shortDate } from "../format.ts";
import { security } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { submitting, useAttempt } from "../session/form.ts";
import { withFreshProof } from "../session/fresh.tsx";
import { createPasskey, passkeyAbility, wasCancelled } from "../session/passkey.ts";
import { t } from "../words/index.ts";
import { Showing, useLoaded } from "./loading.tsx";
import { Part } from "./part.tsx";

export function PasskeysPart() {
  const ability = passkeyAbility();
  const list = useLoaded(security.passkeys);
  const attempt = useAttempt();
  const remove = async (id: string) => {
    if (!(await attempt.run(() => withFreshProof(() => security.removePasskey(id))))) return;
    toast(t("passkey.removed"));
    await list.reload();
  };
  return (
    <Part title={t("passkey.title")} hint={t("passkey.about")}>
      <Showing loaded={list}>
        {({ items }) =>
          items.length > 0 && (
            <ul class="plain-list">
              {items.map((passkey) => (
                <li key={passkey.id}>
                  <span class="item-name">
                    <Icon name="key" />
                    <span>
                      {passkey.name}
                      <span class="hint">
                        {t("since", { date: shortDate(passkey.created_at) })}
                      </span>
                    </span>
                  </span>
                  <IconButton
                    icon="trash"
                    label={t("passkey.remove", { name: passkey.name })}
                    onClick={() => remove(passkey.id)}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </Showing>
      <ProblemNotice error={attempt.error} />
      {ability === "ready" ? (
        <AddPasskey done={list.reload} />
      ) : (
        <p class="hint">{t(`passkey.${ability}`)}</p>
      )}
    </Part>
  );
}

function AddPasskey({ done }: { done: () => Promise<void> }) {
  const [name, setName] = useState("");
  const attempt = useAttempt();
  const add = () =>
    attempt.run(async () => {
      try {
        await withFreshProof(() => createPasskey(name.trim()));
      } catch (error) {
        if (wasCancelled(error)) return;
        throw error;
      }
      setName("");
      toast(t("passkey.added"));
      await done();
    });
  return (
    <form class="inline-form" onSubmit={submitting(add)}>
      <TextField
        label={t("passkey.name")}
        placeholder={t("passkey.name_example")}
        required
        maxLength={60}
        value={name}
        onValue={setName}
      />
      <Button type="submit" icon="plus" busy={attempt.busy} disabled={!name.trim()}>
        {t("passkey.add")}
      </Button>
      <ProblemNotice error={attempt.error} />
    </form>
  );
}
