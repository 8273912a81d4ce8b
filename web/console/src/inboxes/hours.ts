/** Opening hours as a person thinks of them: per weekday any number of spans, Monday first. */
import type { OfficeHours } from "../../../wire/wire.ts";

export type Span = OfficeHours["days"][number][number];

export function usualHours(): OfficeHours {
  const day = () => [{ opens: "09:00", closes: "17:00" }];
  return {
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    days: [day(), day(), day(), day(), day(), [], []],
  };
}

export function setDay(hours: OfficeHours, day: number, spans: Span[]): OfficeHours {
  return { ...hours, days: hours.days.map((old, index) => (index === day ? spans : old)) };
}

/** A second shift begins an hour after the last one ends, as far as the day allows. */
export function nextSpan(spans: readonly Span[]): Span {
  const last = spans.at(-1);
  if (!last) return { opens: "09:00", closes: "17:00" };
  const end = minutes(last.closes);
  return {
    opens: clock(Math.min(end + 60, 23 * 60)),
    closes: clock(Math.min(end + 240, 23 * 60 + 59)),
  };
}

/** The same hours on all days from Monday to Friday. */
export function likeMonday(hours: OfficeHours): OfficeHours {
  const monday = hours.days[0] ?? [];
  return {
    ...hours,
    days: hours.days.map((old, index) => (index < 5 ? monday.map((span) => ({ ...span })) : old)),
  };
}

/** True when a span ends before it begins, or begins before the one above it ended. */
export function isWrong(spans: readonly Span[], index: number): boolean {
  const span = spans[index];
  const above = spans[index - 1];
  if (!span) return false;
  return (
    minutes(span.closes) <= minutes(span.opens) ||
    (above !== undefined && minutes(span.opens) < minutes(above.closes))
  );
}

function minutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 60 + minute;
}

function clock(total: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(total / 60))}:${two(total % 60)}`;
}
