// The words of the push window, apart from the frame's, because the frame does not need them.

import type { Language } from "../../wire/wire.ts";

export interface PushWords {
  ask: (shop: string) => string;
  allow: string;
  done: string;
  denied: string;
  failed: string;
}

export const pushWords: Record<Language, PushWords> = {
  en: {
    ask: (shop) =>
      `${shop} can notify this device when there is an answer. The notification says only that there is one, not what it says.`,
    allow: "Allow notifications",
    done: "Done. You may close this window.",
    denied: "Notifications are blocked for this site in your browser's settings.",
    failed: "That did not work. Close this window and try again.",
  },
  "zh-CN": {
    ask: (shop) => `有回复时，${shop}可以向此设备发送通知。通知只会告诉您有新回复，不含回复内容。`,
    allow: "允许通知",
    done: "设置完成，您可以关闭此窗口。",
    denied: "浏览器设置已阻止此网站的通知。",
    failed: "操作未成功。请关闭此窗口后重试。",
  },
  sq: {
    ask: (shop) =>
      `${shop} mund të dërgojë një njoftim në këtë pajisje kur të ketë një përgjigje. Njoftimi thotë vetëm se ka ardhur, jo çfarë thotë.`,
    allow: "Lejo njoftimet",
    done: "U krye. Mund ta mbyllni këtë dritare.",
    denied: "Njoftimet për këtë sajt janë bllokuar te cilësimet e shfletuesit.",
    failed: "Nuk funksionoi. Mbylleni këtë dritare dhe provoni përsëri.",
  },
};
