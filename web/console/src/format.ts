/** Times, sizes and counts as people of the chosen language write them. */
import { computed } from "@preact/signals";
import { language, t } from "./words/index.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Formatters are slow to make, so there is one set per language. */
const make = computed(() => {
  const tag = language.value;
  const unit = (name: string) =>
    new Intl.NumberFormat(tag, {
      style: "unit",
      unit: name,
      unitDisplay: "narrow",
      maximumFractionDigits: 0,
    });
  return {
    time: new Intl.DateTimeFormat(tag, { hour: "numeric", minute: "2-digit" }),
    weekday: new Intl.DateTimeFormat(tag, { weekday: "long", day: "numeric", month: "long" }),
    date: new Intl.DateTimeFormat(tag, { day: "numeric", month: "short" }),
    year: new Intl.DateTimeFormat(tag, { day: "numeric", month: "short", year: "numeric" }),
    full: new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeStyle: "short" }),
    minutes: unit("minute"),
    hours: unit("hour"),
    days: unit("day"),
    bytes: unit("byte"),
    kilobytes: unit("kilobyte"),
    megabytes: new Intl.NumberFormat(tag, {
      style: "unit",
      unit: "megabyte",
      unitDisplay: "narrow",
      maximumFractionDigits: 1,
    }),
    list: new Intl.ListFormat(tag, { type: "conjunction" }),
    number: new Intl.NumberFormat(tag),
  };
});

export const clock = (at: number) => make.value.time.format(at);
export const moment = (at: number) => make.value.full.format(at);
export const number = (value: number) => make.value.number.format(value);
export const listed = (items: string[]) => make.value.list.format(items);
export const shortDate = (at: number) => make.value.year.format(at);

/** "Today", "Yesterday", or the day with its name; the year only when it is not this one. */
export function dayName(at: number, now: number): string {
  const days = Math.round((midnight(now) - midnight(at)) / day);
  if (days === 0) return t("day.today");
  if (days === 1) return t("day.yesterday");
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return sameYear ? make.value.weekday.format(at) : make.value.year.format(at);
}

export const sameDay = (a: number, b: number) => midnight(a) === midnight(b);

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** For a list: the time today, else the date. */
export function when(at: number, now: number): string {
  if (sameDay(at, now)) return clock(at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? make.value.date : make.value.year).format(at);
}

/** A length of time in its largest unit: 5m, 2h, 3d. */
export function span(milliseconds: number): string {
  if (milliseconds < hour)
    return make.value.minutes.format(Math.max(1, Math.floor(milliseconds / minute)));
  if (milliseconds < day) return make.value.hours.format(Math.floor(milliseconds / hour));
  return make.value.days.format(Math.floor(milliseconds / day));
}

export function size(bytes: number): string {
  if (bytes < 1000) return make.value.bytes.format(bytes);
  if (bytes < 1_000_000) return make.value.kilobytes.format(bytes / 1000);
  return make.value.megabytes.format(bytes / 1_000_000);
}
