const DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

export const en = {
  /** For clocks and numbers. */
  locale: "en",
  date: (at: Date, year: boolean) =>
    at.toLocaleDateString("en", {
      day: "numeric",
      month: "long",
      year: year ? "numeric" : undefined,
    }),
  loading: "One moment…",
  close: "Close chat",
  language: "Language",
  about: "Your privacy",
  back: "Back to the chat",
  open: "We are here",
  closed: "We are away",
  /** weekday: 0 is Sunday; null is today. */
  back_at: (time: string, weekday: number | null) =>
    `We are back ${weekday === null ? "" : `on ${DAYS[weekday]} `}at ${time}`,
  policy: "Privacy policy",
  contact: "Privacy contact",
  forget: "Forget me on this device",
  write: "Write a message…",
  send: "Send",
  attach: "Attach a file",
  emoji: "Emoji",
  remove: "Remove",
  older: "Show older messages",
  conversation: "Conversation",
  you: "You",
  team: "Team",
  typing: (name: string) => `${name} is typing…`,
  today: "Today",
  yesterday: "Yesterday",
  sending: "Sending…",
  waiting: "Will be sent when you are online",
  sent: "Sent",
  read: "Read",
  failed: "Not sent",
  retry: "Try again",
  offline: "No connection. Your messages are kept and sent later.",
  later: "The server cannot take messages now. Your messages are kept and sent later.",
  wake: "Tell me when the answer comes",
  wake_no: "No, thanks",
  gone: "This chat is closed.",
  origin: "This chat is not set up for this website.",
  notice_changed: "Our notice has changed. Please read it again.",
  too_big: (size: string) => `The file is too large. The limit is ${size}.`,
  too_many_files: (count: number) => `At most ${count} files in one message.`,
  file_type: "Files of this kind cannot be sent.",
  slow_down: (seconds: number) => `A little too fast. Try again in ${seconds} s.`,
  no_network: "No connection to the server.",
  broken: "Something went wrong.",
};

export type Words = typeof en;
