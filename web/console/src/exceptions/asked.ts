/** What somebody has filled in so far, and what is sent of it. */
import { useState } from "preact/hooks";
import type {
  DataClass,
  ExceptionCode,
  ExceptionDraft,
  ExceptionKind,
  ExceptionList,
  Purpose,
} from "../../../wire/wire.ts";

const day = 24 * 60 * 60_000;

export interface Asked {
  code: ExceptionCode;
  reason: string;
  statute: string;
  instrument: string;
  case_id: string;
  source: string;
  source_date: string;
  fields: readonly string[];
  purpose: Purpose;
  data: readonly DataClass[];
  everybody: boolean;
  subjects: readonly string[];
  /** As the browser's own field has it: local time, without a zone. */
  expires: string;
  barred: boolean;
}

const blank: Asked = {
  code: "EX01",
  reason: "",
  statute: "",
  instrument: "",
  case_id: "",
  source: "",
  source_date: "",
  fields: [],
  purpose: "conversation",
  data: [],
  everybody: false,
  subjects: [],
  expires: "",
  barred: false,
};

export function useAsked(kinds: readonly ExceptionKind[]) {
  const [form, setForm] = useState<Asked>(() => ({
    ...blank,
    expires: local(Date.now() + day / 2),
  }));
  const kind = kinds.find(({ code }) => code === form.code) ?? (kinds[0] as ExceptionKind);
  const set = (change: Partial<Asked>) => setForm((old) => ({ ...old, ...change }));
  return { form, set, kind };
}

export function complete(form: Asked, kind: ExceptionKind): boolean {
  if (kind.only) return Boolean(form.reason.trim() && form.expires);
  const grounded = kind.needs.every((need) => form[need].length > 0);
  const scoped = kind.needs.includes("fields") || form.data.length > 0;
  const about = (form.everybody && !kind.named) || form.subjects.length > 0;
  return Boolean(form.reason.trim() && grounded && scoped && about && form.expires);
}

export function bodyOf(form: Asked, kind: ExceptionKind, register: ExceptionList): ExceptionDraft {
  const everybody = kind.only !== null || (form.everybody && !kind.named);
  const needed = Object.fromEntries(kind.needs.map((need) => [need, form[need]]));
  return {
    code: form.code,
    grounds: { reason: form.reason.trim(), ...needed },
    purpose: kind.only ?? form.purpose,
    data: dataOf(form, kind, register),
    everybody,
    subjects: everybody ? [] : [...form.subjects],
    expires_at: new Date(form.expires).getTime(),
    barred: form.barred && kind.needs.includes("case_id"),
  };
}

function dataOf(form: Asked, kind: ExceptionKind, register: ExceptionList): DataClass[] {
  if (kind.only) return kind.data;
  return kind.needs.includes("fields") ? kindsOf(form.fields, register) : [...form.data];
}

function kindsOf(fields: readonly string[], register: ExceptionList): DataClass[] {
  return [...new Set(fields.flatMap((name) => register.contract_fields[name] ?? []))];
}

function local(at: number): string {
  const zone = new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - zone).toISOString().slice(0, 16);
}
