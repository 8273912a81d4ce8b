// The words of the visitor's choices, apart from the frame's, because few visitors come there.

import type { Language } from "../../wire/wire.ts";

export interface ChoiceWords {
  choices: string;
  on: string;
  off: string;
  data: string;
  who: string;
  kept: string;
  since: string; // {date}
  not_here: string;
  later: string; // {names}
  receipt: string;
  download: string;
  hide: string;
}

export const choiceWords: Record<Language, ChoiceWords> = {
  en: {
    choices: "Your choices",
    on: "On",
    off: "Off",
    data: "What is used",
    who: "Who gets something",
    kept: "For how long",
    since: "Since {date}",
    not_here: "This browser cannot be woken, or the company has switched it off.",
    later: "Off, and not used in this chat: {names}. You would be asked first.",
    receipt: "Show my receipt",
    download: "Download",
    hide: "Hide",
  },
  "zh-CN": {
    choices: "您的选择",
    on: "开",
    off: "关",
    data: "使用的信息",
    who: "接收方",
    kept: "保存期限",
    since: "自{date}起",
    not_here: "此浏览器无法接收推送通知，或企业已关闭此功能。",
    later: "未开启，此聊天也不使用：{names}。使用前会先征求您的同意。",
    receipt: "查看我的同意记录",
    download: "下载",
    hide: "收起",
  },
  sq: {
    choices: "Zgjedhjet tuaja",
    on: "Aktiv",
    off: "Joaktiv",
    data: "Çfarë përdoret",
    who: "Kush merr diçka",
    kept: "Për sa kohë",
    since: "Që nga {date}",
    not_here: "Ky shfletues nuk mund të marrë njoftime, ose kompania i ka çaktivizuar.",
    later: "Joaktive dhe të papërdorura në këtë bisedë: {names}. Do të pyeteshit më parë.",
    receipt: "Shfaq vërtetimin tim",
    download: "Shkarko",
    hide: "Mbyll",
  },
};
