// The few words that the bubble itself says.

interface Words {
  open: string;
  close: string;
  unread: (count: number) => string;
}

const words: Record<string, Words> = {
  en: {
    open: "Open chat",
    close: "Close chat",
    unread: (count) => (count === 1 ? "1 new message" : `${count} new messages`),
  },
  zh: { open: "打开聊天", close: "关闭聊天", unread: (count) => `${count} 条新消息` },
  sq: {
    open: "Hap bisedën",
    close: "Mbyll bisedën",
    unread: (count) => (count === 1 ? "1 mesazh i ri" : `${count} mesazhe të reja`),
  },
};

export function wordsIn(language: string): Words {
  return words[language.slice(0, 2).toLowerCase()] ?? (words.en as Words);
}
