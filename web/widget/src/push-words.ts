// The words of the push window, apart from the frame's, because the frame does not need them.

import type { Language } from "../../wire/wire.ts";

export interface PushWords {
  data: string;
  who: string;
  kept: string;
  allow: string;
  no: string;
  done: string;
  denied: string;
  failed: string;
}

export const pushWords: Record<Language, PushWords> = {
  en: {
    data: "What is used",
    who: "Who gets something",
    kept: "For how long",
    allow: "Allow notifications",
    no: "No, thanks",
    done: "Done. You may close this window.",
    denied: "Notifications are blocked for this site in your browser's settings.",
    failed: "That did not work. Close this window and try again.",
  },
  "zh-CN": {
    data: "使用的信息",
    who: "接收方",
    kept: "保存期限",
    allow: "允许通知",
    no: "不用了",
    done: "设置完成，您可以关闭此窗口。",
    denied: "浏览器设置已阻止此网站的通知。",
    failed: "操作未成功。请关闭此窗口后重试。",
  },
  sq: {
    data: "Çfarë përdoret",
    who: "Kush merr diçka",
    kept: "Për sa kohë",
    allow: "Lejo njoftimet",
    no: "Jo, faleminderit",
    done: "U krye. Mund ta mbyllni këtë dritare.",
    denied: "Njoftimet për këtë faqe janë bllokuar te cilësimet e shfletuesit.",
    failed: "Nuk funksionoi. Mbylleni këtë dritare dhe provoni përsëri.",
  },
};
