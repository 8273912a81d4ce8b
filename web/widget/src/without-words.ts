// The words of what was done without consent, apart from the frame's.

import type { Language } from "../../wire/wire.ts";

export interface WithoutWords {
  title: string;
  about: string;
  none: string;
  emergency: string;
  uses: string; // {n}
  refuse: string;
  EX06: string;
  EX08: string;
  EX11: string;
}

export const withoutWords: Record<Language, WithoutWords> = {
  en: {
    title: "Used without your consent",
    about:
      "If your data is ever touched in an emergency, without asking you, you read it here afterwards.",
    none: "Nothing.",
    emergency: "Life or property in danger",
    uses: "used {n}×",
    refuse: "I say no to the use of:",
    EX06: "What I published myself",
    EX08: "What the news or an official register says",
    EX11: "My conversation in figures for research, which name nobody",
  },
  "zh-CN": {
    title: "未经您同意的使用",
    about: "如在紧急情况下未经询问使用了您的信息，事后会在这里告知您。",
    none: "没有。",
    emergency: "危及生命或财产",
    uses: "使用 {n} 次",
    refuse: "我拒绝以下信息被使用：",
    EX06: "我自己公开的信息",
    EX08: "新闻或官方公开的信息",
    EX11: "我的对话（用于供研究使用的匿名统计数据）",
  },
  sq: {
    title: "Të përdorura pa pëlqimin tuaj",
    about:
      "Nëse të dhënat tuaja përdoren ndonjëherë në rast urgjence, pa ju pyetur, këtu e lexoni më pas.",
    none: "Asgjë.",
    emergency: "Jeta ose pasuria në rrezik",
    uses: "{n} herë",
    refuse: "Nuk lejoj të përdoret:",
    EX06: "Ajo që e kam publikuar vetë",
    EX08: "Ajo që thonë lajmet ose një regjistër zyrtar",
    EX11: "Biseda ime në shifra për kërkime shkencore, ku nuk përmendet askush",
  },
};
