/** A labelled field with its hint and its error, wired together for screen readers. */
import type { ComponentChildren, Ref } from "preact";
import { useId } from "preact/hooks";
import "./field.css";
import { classes } from "./classes.ts";
import { Icon } from "./icon.tsx";

interface Wiring {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

interface Around {
  label: ComponentChildren;
  hint?: ComponentChildren;
  error?: string | undefined;
  hideLabel?: boolean;
}

export function Field({
  label,
  hint,
  error,
  hideLabel,
  children,
}: Around & { children: (wiring: Wiring) => ComponentChildren }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label class={classes("label", hideLabel && "for-screen-readers")} for={id}>
        {label}
      </label>
      {children({
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="error" id={`${id}-error`}>
          <Icon name="warning" size={14} /> {error}
        </p>
      )}
    </div>
  );
}

/** What the browser may be told about a text field. */
interface Typing {
  autocomplete?: string;
  placeholder?: string;
  maxLength?: number;
  required?: boolean;
  disabled?: boolean;
  spellcheck?: boolean;
}

/** A subset of the input types, all of which take text. */
interface LineTyping extends Typing {
  type?: "text" | "tel" | "email" | "password" | "time" | "date" | "datetime-local";
  inputMode?: "text" | "numeric" | "tel" | "email" | "url";
  pattern?: string;
  list?: string;
  min?: string;
}

interface Valued {
  value: string;
  onValue: (value: string) => void;
}

export function TextField({
  label,
  hint,
  error,
  hideLabel,
  value,
  onValue,
  type = "text",
  ...rest
}: Around & Valued & LineTyping & { ref?: Ref<HTMLInputElement> }) {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>
      {(wiring) => (
        <input
          {...rest}
          {...wiring}
          // Preact has one type per kind of input; all of ours take text.
          type={type as "text"}
          class="input"
          value={value}
          onInput={(e) => onValue(e.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export function TextArea({
  label,
  hint,
  error,
  hideLabel,
  value,
  onValue,
  ...rest
}: Around & Valued & Typing & { rows?: number; ref?: Ref<HTMLTextAreaElement> }) {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>
      {(wiring) => (
        <textarea
          rows={3}
          {...rest}
          {...wiring}
          class="input area"
          value={value}
          onInput={(e) => onValue(e.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export interface Option<T extends string> {
  value: T;
  label: string;
}

export function Select<T extends string>({
  label,
  hint,
  error,
  hideLabel,
  value,
  onValue,
  options,
  ...rest
}: Around & {
  value: T;
  onValue: (value: T) => void;
  options: readonly Option<T>[];
} & { disabled?: boolean; required?: boolean }) {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>
      {(wiring) => (
        <select
          {...rest}
          {...wiring}
          class="input select"
          value={value}
          onChange={(e) => onValue(e.currentTarget.value as T)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function Checkbox({
  label,
  hint,
  checked,
  onChecked,
  disabled,
}: {
  label: ComponentChildren;
  hint?: ComponentChildren;
  checked: boolean;
  onChecked: (checked: boolean) => void;
  disabled?: boolean;
}) {
  const id = useId();
  return (
    <div class="check">
      <input
        type="checkbox"
        id={id}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(e) => onChecked(e.currentTarget.checked)}
      />
      <label for={id}>
        {label}
        {hint && (
          <span class="hint" id={`${id}-hint`}>
            {hint}
          </span>
        )}
      </label>
    </div>
  );
}

/** A named set of choices, of which exactly one holds; arrow keys move it (native radios). */
export function Choice<T extends string>({
  label,
  value,
  onValue,
  options,
}: {
  label: string;
  value: T;
  onValue: (value: T) => void;
  options: readonly Option<T>[];
}) {
  const name = useId();
  return (
    <fieldset class="choice">
      <legend class="label">{label}</legend>
      <div class="segments">
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onValue(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
