// The whole frame: header, then what the moment asks for.

import { render } from "preact";
import { About, Notice } from "./about.tsx";
import { Composer } from "./composer.tsx";
import { focus } from "./focus.ts";
import { Header } from "./header.tsx";
import { Log } from "./log.tsx";
import { tell } from "./page.ts";
import { paint } from "./paint.ts";
import { onChange, say, set, state } from "./state.ts";
import { types } from "./talk.ts";
import { begin } from "./visit.ts";
import { Wake } from "./wake-offer.tsx";

export function show(): void {
  onChange(draw);
  addEventListener("keydown", retreat);
  draw();
}

function draw(): void {
  const { config, language } = state;
  document.documentElement.lang = language;
  if (config) {
    paint(config.inbox.color);
    document.title = config.inbox.name;
  }
  render(<App />, document.body);
}

function App() {
  const { view, about, hint, spoken, picture, young } = state;
  const words = say();
  return (
    <>
      <Header />
      {about && <About />}
      {view === "loading" && <p class="center">{words.loading}</p>}
      {view === "trouble" && (
        <main class="center">
          <p role="alert">{hint}</p>
          <button type="button" class="main" onClick={() => begin()}>
            {words.retry}
          </button>
        </main>
      )}
      {view === "notice" && !about && <Notice />}
      {view === "guardian" && !about && young && <young.Guardian />}
      {state.told?.()}
      {view === "chat" && !about && (
        <main>
          <Log />
          <Wake />
          <Composer />
        </main>
      )}
      {picture?.()}
      <p class="heard" role="status">
        {spoken}
      </p>
    </>
  );
}

// The innermost thing closes first.
function retreat(event: KeyboardEvent): void {
  if (event.key !== "Escape" || event.isComposing) return;
  if (state.picture || state.emoji || state.about) {
    set({ picture: null, emoji: false, about: false });
    queueMicrotask(focus);
  } else {
    types(false);
    tell({ silkroad: "close" });
  }
}
