/** Times, sizes and counts as people of the chosen language write them. */
import { computed } from "@preact/signals";
import { calendar } from "./calendar.ts";
import { count, number, t } from "./words/index.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Formatters are slow to make, so there is one set per language. */
const dates = computed(calendar);

export const clock = (at: number) => dates.value.time(new Date(at));
export const moment = (at: number) => dates.value.moment(new Date(at));
export const shortDate = (at: number) => dates.value.dateWithYear(new Date(at));

/** The name of a day of the week, Monday being 0. (1 January 2024 was a Monday.) */
export const weekdayName = (index: number) => dates.value.weekday(new Date(2024, 0, 1 + index));

/** "November 2026", of "2026-11". */
export function monthName(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return dates.value.month(new Date(year, number - 1, 1));
}

/** "Today", "Yesterday", or the day with its name; the year only when it is not this one. */
export function dayName(at: number, now: number): string {
  const days = Math.round((midnight(now) - midnight(at)) / day);
  if (days === 0) return t("day.today");
  if (days === 1) return t("day.yesterday");
  return sameYear(at, now) ? dates.value.day(new Date(at)) : shortDate(at);
}

export const sameDay = (a: number, b: number) => midnight(a) === midnight(b);

function sameYear(a: number, b: number): boolean {
  return new Date(a).getFullYear() === new Date(b).getFullYear();
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** For a list: the time today, else the date. */
export function when(at: number, now: number): string {
  if (sameDay(at, now)) return clock(at);
  return sameYear(at, now) ? dates.value.date(new Date(at)) : shortDate(at);
}

/** A length of time in its largest unit, short: 5m, 2h, 3d. */
export function span(milliseconds: number): string {
  if (milliseconds < hour) return t("span.minutes", { n: whole(milliseconds / minute) });
  if (milliseconds < day) return t("span.hours", { n: whole(milliseconds / hour) });
  return t("span.days", { n: whole(milliseconds / day) });
}

const whole = (value: number) => number(Math.max(1, Math.floor(value)));

export function size(bytes: number): string {
  if (bytes < 1000) return count("size.bytes", bytes);
  if (bytes < 1_000_000) return `${number(Math.round(bytes / 1000))} kB`;
  return `${number(Math.round(bytes / 100_000) / 10)} MB`;
}

/** "Arta, Besnik and Wei" */
export function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  if (items.length < 2) return last;
  return t("list.and", { first: items.slice(0, -1).join(t("list.comma")), last });
}
