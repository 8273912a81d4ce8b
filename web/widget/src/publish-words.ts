// The words of publishing, apart from the frame's, because few visitors come there.

import type { Language } from "../../wire/wire.ts";

export interface PublishWords {
  title: string;
  begin: string;
  back: string;
  days: string;
  for_days: (n: number) => string;
  agree: string;
  link: string;
  once: string;
  copy: string;
  copied: string;
  until: string; // {date}
  end: string;
  empty: string;
}

export const publishWords: Record<Language, PublishWords> = {
  en: {
    title: "Show this conversation to others",
    begin: "Make a link…",
    back: "Do not",
    days: "For how long",
    for_days: (n) => (n === 1 ? "1 day" : `${n} days`),
    agree: "Publish it",
    link: "Your link",
    once: "Copy it now: it is not shown again.",
    copy: "Copy",
    copied: "Copied",
    until: "A link is open until {date}",
    end: "End it",
    empty: "There is nothing to show yet: nobody has written.",
  },
  "zh-CN": {
    title: "把对话给别人看",
    begin: "创建链接…",
    back: "不了",
    days: "有效期",
    for_days: (n) => `${n} 天`,
    agree: "公开",
    link: "您的链接",
    once: "请立即复制：之后不再显示。",
    copy: "复制",
    copied: "已复制",
    until: "链接有效期至{date}",
    end: "关闭",
    empty: "还没有可显示的内容：尚无人发言。",
  },
  sq: {
    title: "Tregojuani këtë bisedë të tjerëve",
    begin: "Krijo një lidhje…",
    back: "Jo",
    days: "Për sa kohë",
    for_days: (n) => (n === 1 ? "1 ditë" : `${n} ditë`),
    agree: "Publikoje",
    link: "Lidhja juaj",
    once: "Kopjojeni tani: nuk tregohet më.",
    copy: "Kopjo",
    copied: "U kopjua",
    until: "Një lidhje është e hapur deri më {date}",
    end: "Mbylle",
    empty: "Ende nuk ka çfarë të tregohet: askush nuk ka shkruar.",
  },
};
