// The frame's beginning. Inside a company's page it waits for the loader's greeting; alone in a
// window it is a chat page of its own; with ?window=push it is the small window that asks for leave
// to notify.

import "./style.css";
import { show } from "./app.tsx";
import { focus } from "./focus.ts";
import { hear, tell } from "./page.ts";
import { set, state } from "./state.ts";
import { look, seen } from "./talk.ts";
import { begin, identify, introduce, speak } from "./visit.ts";
import { ours } from "./words/index.ts";

if (location.search === "?window=push") void import("./push-window.tsx");
else chat();

function chat(): void {
  set({ language: ours(navigator.language) ?? "en" });
  show();
  document.addEventListener("visibilitychange", seen);
  addEventListener("online", recover);
  if (parent === window) {
    set({ open: true });
    void greet();
  } else hear(listen);
}

function listen(message: Parameters<Parameters<typeof hear>[0]>[0]): void {
  switch (message.silkroad) {
    case "hello":
      tell({ silkroad: "unread", count: state.unread }); // here I am
      introduce(message.identity, message.language);
      set({ page: message.page });
      set({ open: message.open });
      void greet();
      break;
    case "open":
      set({ open: true, page: message.page });
      recover();
      void look();
      focus();
      break;
    case "close":
      set({ open: false });
      break;
    case "language": {
      const language = ours(message.language);
      if (language) void speak(language);
      break;
    }
    case "identify":
      void identify(message.identity);
  }
}

async function greet(): Promise<void> {
  await begin();
  if (state.open) focus();
}

function recover(): void {
  if (state.view === "trouble") void greet();
}
