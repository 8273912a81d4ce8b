/** Coming back: by a code to the phone, by password (and second factor), or by passkey. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { TextField } from "../../../ui/field.tsx";
import { Tabs } from "../../../ui/tabs.tsx";
import type { Me, SetupState } from "../../../wire/wire.ts";
import { account } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { t } from "../words/index.ts";
import { Card } from "./card.tsx";
import { CodeStep, PhoneField } from "./code-step.tsx";
import { submitting, tidyPhone, useAttempt } from "./form.ts";
import { passkeyAbility, signInByPasskey, wasCancelled } from "./passkey.ts";
import { enter } from "./session.ts";
import { useSetupState } from "./setup-state.ts";

export function SignInPage() {
  const setup = useSetupState();
  return (
    <Card
      title={t("sign_in.title")}
      foot={
        <p>
          {t("sign_in.new_here")} <a href="/sign-up">{t("sign_in.create")}</a>
        </p>
      }
    >
      <SignInWays sms={setup?.sms} done={(me) => enter(me)} />
    </Card>
  );
}

type Way = "code" | "password";

/** Also used inside the console, to confirm that it is still the same person. */
export function SignInWays({
  sms,
  phone,
  done,
}: {
  sms: SetupState["sms"] | undefined;
  phone?: string;
  done: (me: Me) => unknown;
}) {
  const [chosen, setWay] = useState<Way | null>(null);
  const way = chosen ?? (sms === "not_configured" ? "password" : "code");
  return (
    <>
      <Tabs<Way>
        label={t("sign_in.ways")}
        tabs={[
          { key: "code", label: t("sign_in.by_code") },
          { key: "password", label: t("sign_in.by_password") },
        ]}
        current={way}
        onSelect={setWay}
      >
        {way === "code" ? (
          <CodeStep
            purpose="sign_in"
            sms={sms}
            phone={phone}
            done={async ({ challenge_id, code }) =>
              done(await account.signInByCode({ challenge_id, code }))
            }
          />
        ) : (
          <PasswordForm phone={phone} done={done} />
        )}
      </Tabs>
      {passkeyAbility() === "ready" && <PasskeyButton done={done} />}
    </>
  );
}

function PasswordForm({
  phone: known,
  done,
}: {
  phone: string | undefined;
  done: (me: Me) => unknown;
}) {
  const [phone, setPhone] = useState(known ?? "");
  const [password, setPassword] = useState("");
  const [totp, setTotp] = useState<string | null>(null);
  const attempt = useAttempt();
  const signIn = async () => {
    const body = { phone: tidyPhone(phone), password, ...(totp ? { totp } : {}) };
    await attempt.run(async () => done(await account.signInByPassword(body)));
  };
  const asked = attempt.error?.code === "totp_required";
  if (asked && totp === null) setTotp("");
  return (
    <form class="session-form" onSubmit={submitting(signIn)}>
      {!known && (
        <PhoneField value={phone} onValue={setPhone} error={attempt.error?.field("phone")} />
      )}
      <TextField
        label={t("password.label")}
        type="password"
        autocomplete="current-password"
        required
        value={password}
        onValue={setPassword}
      />
      {totp !== null && <TotpField value={totp} onValue={setTotp} />}
      {!asked && <ProblemNotice error={attempt.error} />}
      <Button kind="primary" size="large" type="submit" wide busy={attempt.busy}>
        {t("sign_in.enter")}
      </Button>
    </form>
  );
}

/** Appears when the password was right and a second factor is in force; takes the focus. */
function TotpField({ value, onValue }: { value: string; onValue: (code: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <TextField
      ref={field}
      label={t("totp.label")}
      hint={t("totp.hint")}
      autocomplete="one-time-code"
      inputMode="numeric"
      maxLength={6}
      value={value}
      onValue={onValue}
    />
  );
}

function PasskeyButton({ done }: { done: (me: Me) => unknown }) {
  const attempt = useAttempt();
  const signIn = () =>
    attempt.run(async () => {
      try {
        done(await signInByPasskey());
      } catch (error) {
        if (!wasCancelled(error)) throw error;
      }
    });
  return (
    <>
      <p class="session-or">{t("sign_in.or")}</p>
      <ProblemNotice error={attempt.error} />
      <Button size="large" icon="key" wide busy={attempt.busy} onClick={signIn}>
        {t("sign_in.by_passkey")}
      </Button>
    </>
  );
}
