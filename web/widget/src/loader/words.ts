// The few words that the bubble itself says.

interface Words {
  open: string;
  close: string;
  unread: (count: number) => string;
  away: string;
}

const words: Record<string, Words> = {
  en: {
    open: "Open chat",
    close: "Close chat",
    unread: (count) => (count === 1 ? "1 new message" : `${count} new messages`),
    away: "The chat cannot be reached right now.",
  },
  zh: {
    open: "打开聊天",
    close: "关闭聊天",
    unread: (count) => `${count} 条新消息`,
    away: "暂时无法连接聊天。",
  },
  sq: {
    open: "Hap bisedën",
    close: "Mbyll bisedën",
    unread: (count) => (count === 1 ? "1 mesazh i ri" : `${count} mesazhe të reja`),
    away: "Biseda nuk mund të hapet për momentin.",
  },
};

export function wordsIn(language: string): Words {
  return words[language.slice(0, 2).toLowerCase()] ?? (words.en as Words);
}
