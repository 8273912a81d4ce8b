/** Codes from an authenticator app as the second factor beside the password. The picture is drawn here. */
import { useEffect, useState } from "preact/hooks";
import { Tag } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { CopyBox } from "../../../ui/copy.tsx";
import { TextField } from "../../../ui/field.tsx";
import { toast } from "../../../ui/toast.tsx";
import type { TotpSecret } from "../../../wire/wire.ts";
import { security } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { submitting, useAttempt } from "../session/form.ts";
import { withFreshProof } from "../session/fresh.tsx";
import { update } from "../session/session.ts";
import { me } from "../store/store.ts";
import { t } from "../words/index.ts";
import { Part } from "./part.tsx";

export function TotpPart() {
  const account = me.value?.account;
  const on = account?.has_totp ?? false;
  const [secret, setSecret] = useState<TotpSecret | null>(null);
  const attempt = useAttempt();
  const start = () => attempt.run(async () => setSecret(await withFreshProof(security.startTotp)));
  const remove = async () => {
    if (await attempt.run(async () => update(await withFreshProof(security.removeTotp))))
      toast(t("totp.removed"));
  };
  return (
    <Part
      title={t("totp.title")}
      hint={t(account?.has_password ? "totp.about" : "totp.password_first")}
      side={<Tag tone={on ? "good" : "plain"}>{t(on ? "state.on" : "state.off")}</Tag>}
    >
      <ProblemNotice error={attempt.error} />
      {secret ? (
        <Confirm secret={secret} done={() => setSecret(null)} />
      ) : (
        <div class="row">
          {on ? (
            <Button kind="danger" busy={attempt.busy} onClick={remove}>
              {t("totp.remove")}
            </Button>
          ) : (
            <Button busy={attempt.busy} disabled={!account?.has_password} onClick={start}>
              {t("totp.start")}
            </Button>
          )}
        </div>
      )}
    </Part>
  );
}

function Confirm({ secret, done }: { secret: TotpSecret; done: () => void }) {
  const [code, setCode] = useState("");
  const attempt = useAttempt();
  const confirm = async () => {
    const body = code.replace(/\D/g, "");
    if (
      !(await attempt.run(async () =>
        update(await withFreshProof(() => security.confirmTotp(body))),
      ))
    )
      return;
    toast(t("totp.done"));
    done();
  };
  return (
    <form class="totp" onSubmit={submitting(confirm)}>
      <QrCode text={secret.uri} label={t("totp.picture")} />
      <div class="form">
        <p>{t("totp.scan")}</p>
        <CopyBox
          label={t("totp.secret")}
          text={secret.secret}
          copy={t("action.copy")}
          copied={t("copied")}
        />
        <TextField
          label={t("totp.confirm")}
          autocomplete="one-time-code"
          inputMode="numeric"
          maxLength={6}
          value={code}
          onValue={setCode}
        />
        <ProblemNotice error={attempt.error} />
        <div class="row">
          <Button kind="primary" type="submit" busy={attempt.busy} disabled={code.length < 6}>
            {t("totp.turn_on")}
          </Button>
          <Button kind="quiet" onClick={done}>
            {t("action.cancel")}
          </Button>
        </div>
      </div>
    </form>
  );
}

/** Drawn in the browser: the secret goes nowhere. Dark on light in both themes, or scanners fail. */
function QrCode({ text, label }: { text: string; label: string }) {
  const [code, setCode] = useState<{ size: number; path: string } | null>(null);
  useEffect(() => {
    void import("lean-qr").then(({ generate }) => {
      const bitmap = generate(text);
      let path = "";
      for (let y = 0; y < bitmap.size; y++) {
        for (let x = 0; x < bitmap.size; x++) if (bitmap.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
      }
      setCode({ size: bitmap.size, path });
    });
  }, [text]);
  if (!code) return <div class="qr" />;
  return (
    <svg
      class="qr"
      viewBox={`-4 -4 ${code.size + 8} ${code.size + 8}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect x="-4" y="-4" width={code.size + 8} height={code.size + 8} fill="#fff" />
      <path d={code.path} fill="#000" />
    </svg>
  );
}
