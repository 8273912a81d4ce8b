// The words of a changed policy, apart from the frame's, because few visitors come there.

import type { Language } from "../../wire/wire.ts";

export interface NewsWords {
  title: string;
  major: string;
  minor: string;
  now: string;
  before: string;
  ask: string;
  yes: string;
  no: string;
  read: string;
  later: string;
}

export const newsWords: Record<Language, NewsWords> = {
  en: {
    title: "What is done with your data has changed",
    major: "This change matters. Please read what is new.",
    minor: "Here is what is new.",
    now: "Read the policy",
    before: "The version before",
    ask: "You agreed to this before the change, so you are asked again. Until you answer it stays off; the chat goes on.",
    yes: "Yes, I agree",
    no: "No",
    read: "I have read this",
    later: "Later",
  },
  "zh-CN": {
    title: "对您个人信息的处理有变更",
    major: "这是一次重大变更，请阅读变更内容。",
    minor: "变更内容如下。",
    now: "阅读隐私政策",
    before: "变更前的版本",
    ask: "您在变更前已同意以下事项，因此需要重新征求您的同意。在您回答之前，该功能保持关闭，聊天照常使用。",
    yes: "是，我同意",
    no: "否",
    read: "我已阅读",
    later: "稍后",
  },
  sq: {
    title: "Ka ndryshuar çfarë bëhet me të dhënat tuaja",
    major: "Ky ndryshim është i rëndësishëm. Ju lutemi lexoni çfarë ka të re.",
    minor: "Ja çfarë ka të re.",
    now: "Lexoni politikën e privatësisë",
    before: "Versioni i mëparshëm",
    ask: "Për këtë keni dhënë pëlqimin para ndryshimit, prandaj ju pyesim sërish. Derisa të përgjigjeni mbetet joaktive; biseda vazhdon.",
    yes: "Po, e jap pëlqimin",
    no: "Jo",
    read: "E lexova",
    later: "Më vonë",
  },
};
