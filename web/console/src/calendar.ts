/**
 * Dates in the chosen language. Browsers know most languages' calendars; where one does not (some
 * lack Albanian), the words of the language file stand in, so that nobody reads foreign months.
 */
import { language, t } from "./words/index.ts";

export interface Calendar {
  time: (at: Date) => string;
  /** Sunday, 22 November */
  day: (at: Date) => string;
  /** 22 Nov */
  date: (at: Date) => string;
  /** 22 Nov 2026 */
  dateWithYear: (at: Date) => string;
  /** 22 Nov 2026, 23:28 */
  moment: (at: Date) => string;
  weekday: (at: Date) => string;
  /** November 2026 */
  month: (at: Date) => string;
}

export function calendar(): Calendar {
  const tag = language.value;
  return knows(tag) ? browsers(tag) : ours();
}

function knows(tag: string): boolean {
  return Intl.DateTimeFormat.supportedLocalesOf([tag]).length > 0;
}

function browsers(tag: string): Calendar {
  const by = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, options);
    return (at: Date) => format.format(at);
  };
  return {
    time: by({ hour: "numeric", minute: "2-digit" }),
    day: by({ weekday: "long", day: "numeric", month: "long" }),
    date: by({ day: "numeric", month: "short" }),
    dateWithYear: by({ day: "numeric", month: "short", year: "numeric" }),
    moment: by({ dateStyle: "medium", timeStyle: "short" }),
    weekday: by({ weekday: "long" }),
    month: by({ month: "long", year: "numeric" }),
  };
}

function ours(): Calendar {
  const words = (text: string) => text.split("|");
  const weekdays = words(t("calendar.weekdays"));
  const months = words(t("calendar.months"));
  const short = words(t("calendar.months_short"));
  const two = (value: number) => String(value).padStart(2, "0");
  const time = (at: Date) => `${two(at.getHours())}:${two(at.getMinutes())}`;
  const weekday = (at: Date) => weekdays[(at.getDay() + 6) % 7] ?? "";
  const date = (at: Date) => `${at.getDate()} ${short[at.getMonth()]}`;
  const dateWithYear = (at: Date) => `${date(at)} ${at.getFullYear()}`;
  return {
    time,
    weekday,
    date,
    dateWithYear,
    month: (at) => `${months[at.getMonth()]} ${at.getFullYear()}`,
    day: (at) => `${weekday(at)}, ${at.getDate()} ${months[at.getMonth()]}`,
    moment: (at) => `${dateWithYear(at)}, ${time(at)}`,
  };
}
