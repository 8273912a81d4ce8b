/** Office hours: time zone, days, and split shifts; outside them the widget says when somebody is back. */
import { useId } from "preact/hooks";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Checkbox, Field } from "../../../ui/field.tsx";
import type { OfficeHours } from "../../../wire/wire.ts";
import { weekdayName } from "../format.ts";
import { t } from "../words/index.ts";
import { isWrong, likeMonday, nextSpan, type Span, setDay, usualHours } from "./hours.ts";

interface Props {
  value: OfficeHours | null;
  onValue: (hours: OfficeHours | null) => void;
}

export function HoursField({ value, onValue }: Props) {
  return (
    <>
      <Checkbox
        label={t("hours.use")}
        hint={t("hours.use_hint")}
        checked={value !== null}
        onChecked={(on) => onValue(on ? usualHours() : null)}
      />
      {value && (
        <>
          <ZoneField
            value={value.timezone}
            onValue={(timezone) => onValue({ ...value, timezone })}
          />
          <div class="hours">
            {value.days.map((spans, day) => (
              <Day
                key={weekdayName(day)}
                name={weekdayName(day)}
                spans={spans}
                onValue={(next) => onValue(setDay(value, day, next))}
              />
            ))}
          </div>
          <div class="row">
            <Button
              size="small"
              kind="quiet"
              icon="copy"
              onClick={() => onValue(likeMonday(value))}
            >
              {t("hours.copy")}
            </Button>
          </div>
        </>
      )}
    </>
  );
}

function ZoneField({ value, onValue }: { value: string; onValue: (zone: string) => void }) {
  const zones = Intl.supportedValuesOf("timeZone");
  const all = zones.includes(value) ? zones : [value, ...zones];
  return (
    <Field label={t("hours.zone")}>
      {(wiring) => (
        <select
          {...wiring}
          class="input select"
          value={value}
          onChange={(event) => onValue(event.currentTarget.value)}
        >
          {all.map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll("_", " ")}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Day({
  name,
  spans,
  onValue,
}: {
  name: string;
  spans: Span[];
  onValue: (spans: Span[]) => void;
}) {
  const change = (at: number, part: Partial<Span>) =>
    onValue(spans.map((span, index) => (index === at ? { ...span, ...part } : span)));
  return (
    <fieldset class="hours-day">
      <legend>{name}</legend>
      <div class="hours-spans">
        {spans.length === 0 && <span class="hint">{t("hours.closed")}</span>}
        {spans.map((span, index) => (
          <SpanFields
            key={index}
            day={name}
            span={span}
            wrong={isWrong(spans, index)}
            onValue={(part) => change(index, part)}
            onRemove={() => onValue(spans.filter((_, at) => at !== index))}
          />
        ))}
      </div>
      <IconButton
        icon="plus"
        label={t("hours.add", { day: name })}
        onClick={() => onValue([...spans, nextSpan(spans)])}
      />
    </fieldset>
  );
}

function SpanFields(props: {
  day: string;
  span: Span;
  wrong: boolean;
  onValue: (part: Partial<Span>) => void;
  onRemove: () => void;
}) {
  const { day, span, wrong } = props;
  const id = useId();
  return (
    <div class="hours-span">
      <input
        class="input"
        type="time"
        required
        aria-label={`${day}, ${t("hours.opens")}`}
        aria-invalid={wrong}
        aria-describedby={wrong ? id : undefined}
        value={span.opens}
        onInput={(event) => props.onValue({ opens: event.currentTarget.value })}
      />
      <span aria-hidden="true">–</span>
      <input
        class="input"
        type="time"
        required
        aria-label={`${day}, ${t("hours.closes")}`}
        aria-invalid={wrong}
        aria-describedby={wrong ? id : undefined}
        value={span.closes}
        onInput={(event) => props.onValue({ closes: event.currentTarget.value })}
      />
      <IconButton
        icon="close"
        label={t("hours.remove", { day, opens: span.opens })}
        onClick={props.onRemove}
      />
      {wrong && (
        <span class="error" id={id}>
          {t("hours.wrong")}
        </span>
      )}
    </div>
  );
}
