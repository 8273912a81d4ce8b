// The words that a child reads, apart from the frame's, because few visitors need them.

import type { Language } from "../../wire/wire.ts";

export interface GuardianWords {
  birth: string;
  title: string;
  why: string;
  ask: string;
  pass: string;
  again: string;
}

export const guardianWords: Record<Language, GuardianWords> = {
  en: {
    birth: "Your date of birth",
    title: "First ask a parent",
    why: "You are under 14. Before you can write here, a parent or guardian has to agree.",
    ask: "Make a link for them",
    pass: "Give this link to your parent or guardian. When they have agreed, you can write here.",
    again: "Look again",
  },
  "zh-CN": {
    birth: "您的出生日期",
    title: "请先问问父母",
    why: "你未满 14 周岁。需要父母或其他监护人同意后，才能在这里发消息。",
    ask: "生成链接，发给他们",
    pass: "把这个链接交给你的父母或其他监护人。他们同意后，你就可以在这里发消息。",
    again: "重新查看",
  },
  sq: {
    birth: "Data juaj e lindjes",
    title: "Pyet më parë një prind",
    why: "Je nën 14 vjeç. Para se të shkruash këtu, duhet të japë pëlqimin një prind ose kujdestar ligjor.",
    ask: "Krijo një lidhje për të",
    pass: "Jepja këtë lidhje prindit ose kujdestarit ligjor. Kur ta japë pëlqimin, mund të shkruash këtu.",
    again: "Shiko sërish",
  },
};
