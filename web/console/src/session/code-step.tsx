/** Phone number, then the one-time code: the step shared by sign-in, sign-up and invitations. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { TextField } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/states.tsx";
import type { CodeRequest, CodeSent, SetupState } from "../../../wire/wire.ts";
import { account } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { count, t } from "../words/index.ts";
import { submitting, tidyPhone, useAttempt } from "./form.ts";

interface CodeStepProps {
  purpose: CodeRequest["purpose"];
  sms: SetupState["sms"] | undefined;
  /** The policy that was before them, where it has to have been. */
  notice?: string | undefined;
  /** Known already, so it is not asked for. */
  phone?: string | undefined;
  done: (answer: { phone: string; challenge_id: string; code: string }) => Promise<unknown>;
}

export function CodeStep({ purpose, sms, notice, phone: known, done }: CodeStepProps) {
  const [phone, setPhone] = useState(known ?? "");
  const [sent, setSent] = useState<CodeSent | null>(null);
  const asking = useAttempt();
  const shown = notice ? { notice_hash: notice } : {};
  const ask = () =>
    asking.run(async () =>
      setSent(await account.code({ phone: tidyPhone(phone), purpose, ...shown })),
    );
  if (sms === "not_configured") return <NoSms />;
  if (sent) {
    return (
      <CodeEntry
        phone={tidyPhone(phone)}
        sent={sent}
        demo={sms === "demo"}
        again={ask}
        change={known ? undefined : () => setSent(null)}
        done={(code) => done({ phone: tidyPhone(phone), challenge_id: sent.challenge_id, code })}
      />
    );
  }
  return (
    <form class="session-form" onSubmit={submitting(ask)}>
      {!known && (
        <PhoneField value={phone} onValue={setPhone} error={asking.error?.field("phone")} />
      )}
      <Trouble error={asking.error} />
      <Button
        kind="primary"
        size="large"
        type="submit"
        wide
        busy={asking.busy}
        disabled={tidyPhone(phone).length < 6}
      >
        {t("code.send")}
      </Button>
    </form>
  );
}

function Trouble({ error }: { error: ReturnType<typeof useAttempt>["error"] }) {
  return error?.code === "sms_not_configured" ? <NoSms /> : <ProblemNotice error={error} />;
}

export function PhoneField(props: {
  value: string;
  onValue: (value: string) => void;
  error?: string | undefined;
  hint?: string;
}) {
  return (
    <TextField
      label={t("phone.label")}
      hint={props.hint ?? t("phone.hint")}
      type="tel"
      autocomplete="tel"
      inputMode="tel"
      placeholder="+"
      required
      value={props.value}
      onValue={props.onValue}
      error={props.error}
    />
  );
}

/** Says plainly what is missing and who can do what about it. */
export function NoSms() {
  return (
    <Notice tone="warn" title={t("sms.missing_title")}>
      <p>{t("sms.missing_person")}</p>
      <p>{t("sms.missing_operator")}</p>
    </Notice>
  );
}

function CodeEntry(props: {
  phone: string;
  sent: CodeSent;
  demo: boolean;
  again: () => Promise<unknown>;
  change: (() => void) | undefined;
  done: (code: string) => Promise<unknown>;
}) {
  const [code, setCode] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const entering = useAttempt();
  const wait = useSecondsUntil(props.sent.resend_at);
  useEffect(() => field.current?.focus(), []);
  const enter = async (digits: string) => {
    if (!(await entering.run(() => props.done(digits)))) field.current?.select();
  };
  const type = (typed: string) => {
    const digits = typed.replace(/\D/g, "").slice(0, 6);
    setCode(digits);
    if (digits.length === 6 && digits !== code) void enter(digits);
  };
  return (
    <form class="session-form" onSubmit={submitting(() => enter(code))}>
      <p class="session-sent">
        {t("code.sent_to", { phone: props.phone })}{" "}
        {props.change && (
          <button type="button" class="link" onClick={props.change}>
            {t("code.other_number")}
          </button>
        )}
      </p>
      {props.demo && <Notice>{t("code.demo")}</Notice>}
      <div class="code-field">
        <TextField
          ref={field}
          label={t("code.label")}
          autocomplete="one-time-code"
          inputMode="numeric"
          maxLength={7}
          value={code}
          onValue={type}
          error={entering.error?.field("code")}
        />
      </div>
      <ProblemNotice error={entering.error} />
      <Button
        kind="primary"
        size="large"
        type="submit"
        wide
        busy={entering.busy}
        disabled={code.length < 6}
      >
        {t("code.enter")}
      </Button>
      <Button kind="quiet" wide disabled={wait > 0} onClick={props.again}>
        {wait > 0 ? count("code.again_in", wait) : t("code.again")}
      </Button>
    </form>
  );
}

function useSecondsUntil(at: number): number {
  const left = () => Math.max(0, Math.ceil((at - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    setSeconds(left());
    const timer = setInterval(() => setSeconds(left()), 500);
    return () => clearInterval(timer);
  }, [at]);
  return seconds;
}
