/** The form that asks for an exception: which of the eleven, and just what that one needs. */
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Checkbox, Select, TextArea, TextField } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/states.tsx";
import type { DataClass, ExceptionKind, ExceptionList } from "../../../wire/wire.ts";
import { span } from "../format.ts";
import { exceptions } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { submitting, useAttempt } from "../session/form.ts";
import { count, t } from "../words/index.ts";
import { type Asked, bodyOf, complete, useAsked } from "./asked.ts";
import { dataName, purposeName } from "./names.ts";
import { PeopleField } from "./people.tsx";

interface AskProps {
  register: ExceptionList;
  onClose: () => void;
  asked: () => void;
}

export function AskDialog({ register, onClose, asked }: AskProps) {
  const usable = register.kinds.filter((kind) => kind.off === "");
  const { form, set, kind } = useAsked(usable);
  const attempt = useAttempt();
  const ask = async () => {
    if (await attempt.run(() => exceptions.propose(bodyOf(form, kind, register)))) asked();
  };
  return (
    <Dialog
      title={t("exceptions.ask")}
      closeLabel={t("action.dismiss")}
      onClose={onClose}
      size="medium"
      actions={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button
            kind="primary"
            type="submit"
            form="ask"
            busy={attempt.busy}
            disabled={!complete(form, kind)}
          >
            {t(kind.approvals === 0 ? "exceptions.begin" : "exceptions.propose")}
          </Button>
        </>
      }
    >
      <form id="ask" class="form" onSubmit={submitting(ask)}>
        <Select
          label={t("exceptions.which")}
          value={form.code}
          onValue={(code) => set({ code, data: [], fields: [] })}
          options={usable.map(({ code }) => ({ value: code, label: t(`exception.${code}`) }))}
        />
        <Consequences kind={kind} />
        <TextArea
          label={t("exceptions.reason")}
          hint={kind.tells ? t("exceptions.reason_is_shown") : undefined}
          required
          maxLength={1000}
          value={form.reason}
          onValue={(reason) => set({ reason })}
        />
        <Grounds form={form} kind={kind} set={set} register={register} />
        {kind.only === null && (
          <>
            <Select
              label={t("exceptions.purpose")}
              value={form.purpose}
              onValue={(purpose) => set({ purpose })}
              options={register.purposes.map((value) => ({ value, label: purposeName(value) }))}
            />
            {!kind.needs.includes("fields") && <Data form={form} kind={kind} set={set} />}
            <PeopleField form={form} kind={kind} set={set} />
          </>
        )}
        <TextField
          label={t("exceptions.expires")}
          hint={t("exceptions.at_most", { time: span(kind.longest) })}
          type="datetime-local"
          required
          value={form.expires}
          onValue={(expires) => set({ expires })}
          error={attempt.error?.field("expires_at")}
        />
        {kind.needs.includes("case_id") && (
          <Checkbox
            label={t("exceptions.barred")}
            hint={t("exceptions.barred_hint")}
            checked={form.barred}
            onChecked={(barred) => set({ barred })}
          />
        )}
        <ProblemNotice error={attempt.error} />
      </form>
    </Dialog>
  );
}

/** What follows from the choice, before anything else is filled in. */
function Consequences({ kind }: { kind: ExceptionKind }) {
  return (
    <Notice tone={kind.approvals === 1 ? "plain" : "warn"}>
      <p>{t(`exception.${kind.code}_about`)}</p>
      <p>
        {kind.approvals === 0
          ? t("exceptions.begins_now")
          : count("exceptions.needs_approvals", kind.approvals)}
        {kind.refusable && ` ${t("exceptions.may_be_refused")}`}
      </p>
      <p>{t(kind.despite_no ? "exceptions.despite_no" : "exceptions.not_after_no")}</p>
    </Notice>
  );
}

interface FormPart {
  form: Asked;
  kind: ExceptionKind;
  set: (change: Partial<Asked>) => void;
}

function Grounds({ form, kind, set, register }: FormPart & { register: ExceptionList }) {
  return (
    <>
      {kind.needs.map((need) =>
        need === "fields" ? (
          <fieldset key={need} class="group-box">
            <legend class="label">{t("need.fields")}</legend>
            <div class="exception-fields">
              {fieldsFor(kind, register).map(([name, data]) => (
                <Checkbox
                  key={name}
                  label={<code>{name}</code>}
                  hint={dataName(data)}
                  checked={form.fields.includes(name)}
                  onChecked={(on) => set({ fields: toggled(form.fields, name, on) })}
                />
              ))}
            </div>
          </fieldset>
        ) : (
          <TextField
            key={need}
            label={t(`need.${need}`)}
            {...(need === "source" && { placeholder: "https://", inputMode: "url" as const })}
            {...(need === "source_date" && { placeholder: "2026-01-31" })}
            required
            maxLength={need === "source" ? 500 : 200}
            value={form[need]}
            onValue={(text) => set({ [need]: text })}
          />
        ),
      )}
    </>
  );
}

/** The fields that a contract needs, as far as this kind reaches. */
function fieldsFor(kind: ExceptionKind, register: ExceptionList): [string, DataClass][] {
  return Object.entries(register.contract_fields).flatMap(([name, data]) =>
    data && kind.data.includes(data) ? [[name, data] as [string, DataClass]] : [],
  );
}

function Data({ form, kind, set }: FormPart) {
  return (
    <fieldset class="group-box">
      <legend class="label">{t("exceptions.data")}</legend>
      <div class="check-grid">
        {kind.data.map((data) => (
          <Checkbox
            key={data}
            label={dataName(data)}
            checked={form.data.includes(data)}
            onChecked={(on) => set({ data: toggled(form.data, data, on) })}
          />
        ))}
      </div>
    </fieldset>
  );
}

function toggled<T>(all: readonly T[], one: T, on: boolean): T[] {
  const rest = all.filter((other) => other !== one);
  return on ? [...rest, one] : rest;
}
