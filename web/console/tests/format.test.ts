/** Dates and sizes read right in every language, also where the browser does not know its calendar. */
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { calendar } from "../src/calendar.ts";
import { dayName, listed, size, span, when } from "../src/format.ts";
import { speak } from "../src/words/index.ts";

const at = new Date(2026, 10, 22, 23, 5);
const day = 86_400_000;

beforeAll(() => {
  // Speaking sets the page's language; there is no page here.
  Object.assign(globalThis, { document: { documentElement: {} } });
});

afterEach(() => {
  vi.restoreAllMocks();
});

it("says today and yesterday, then the day, then the year", async () => {
  await speak("en");
  const now = at.getTime();
  expect(dayName(now, now)).toBe("Today");
  expect(dayName(now - day, now)).toBe("Yesterday");
  expect(dayName(now - 3 * day, now)).toBe("Thursday, November 19");
  expect(dayName(now - 400 * day, now)).toBe("Oct 18, 2025");
  expect(when(now, now)).toContain("11:05");
});

it("writes Albanian dates in Albanian where the browser cannot", async () => {
  await speak("sq");
  vi.spyOn(Intl.DateTimeFormat, "supportedLocalesOf").mockReturnValue([]);
  const dates = calendar();
  expect(dates.moment(at)).toBe("22 nën 2026, 23:05");
  expect(dates.day(at)).toBe("e diel, 22 nëntor");
});

it("keeps lengths of time and sizes short", async () => {
  await speak("sq");
  expect([span(1), span(90 * 60_000), span(50 * 3_600_000)]).toEqual(["1 min", "1 orë", "2 ditë"]);
  await speak("en");
  expect([size(1), size(88_211), size(1_840_000)]).toEqual(["1 byte", "88 kB", "1.8 MB"]);
});

it("joins names as one would say them", async () => {
  await speak("sq");
  expect(listed(["Arta", "Besnik", "Wei"])).toBe("Arta, Besnik dhe Wei");
  await speak("zh-CN");
  expect([listed(["陈"]), listed(["陈", "王", "李"])]).toEqual(["陈", "陈、王和李"]);
});
