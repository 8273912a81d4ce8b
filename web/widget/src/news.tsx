// A change of the policy, told to the visitor: a grave one in front of the chat, another one as a line
// above it. What they agreed to before is asked anew; going on to the chat is no answer (clause 8.0b).

import type { CampaignForMe, ConsentItem } from "../../wire/wire.ts";
import { api, call, Trouble } from "./api.ts";
import { attempt } from "./attempt.ts";
import { choiceWords } from "./choice-words.ts";
import { explain } from "./explain.ts";
import { focus } from "./focus.ts";
import { newsWords } from "./news-words.ts";
import { set, state } from "./state.ts";
import { again } from "./talk.ts";
import { openWindow, possible } from "./wake.ts";

const told = new Set<string>(); // on the screen already
const put = new Set<string>(); // put off until the next visit
let opened = ""; // a small change whose lines the visitor wants to see
let questions: ConsentItem[] = [];
let asked = "";
let spoken = "";
let hint = "";

let news: CampaignForMe[] = [];

/** Show what the visitor has not read yet. */
export function show(items: CampaignForMe[]): void {
  news = items;
  set({ told: Told });
}

const learn = async () => show((await api.news(state.language)).items);

/** In the chat, and in front of what is asked of a visitor first: their age, or a guardian. */
const here = (): boolean => state.view === "chat" || Boolean(state.config?.held);

function Told() {
  if (!here()) return null;
  return (
    <>
      <Line />
      <News />
    </>
  );
}

/** What stands in front of the chat now. */
const pressing = (): CampaignForMe | undefined =>
  news.find(({ text }) => (text.weight === "major" ? !put.has(text.id) : text.id === opened));

/** Go on to the chat; nothing is agreed to. */
function later(): void {
  const item = pressing();
  if (item) put.add(item.text.id);
  opened = "";
  set({});
  setTimeout(focus);
}

// Escape closes what stands in front of the chat, and not the chat.
addEventListener(
  "keydown",
  (event) =>
    event.key === "Escape" &&
    state.told &&
    here() &&
    pressing() &&
    event.stopImmediatePropagation(),
  true,
);

/** A small change, in one line. */
function Line() {
  const item = news.find(({ text }) => text.weight === "minor");
  if (!item || !state.open) return null;
  seen(item);
  const words = newsWords[state.language];
  const open = () => {
    opened = item.text.id;
    set({});
  };
  return (
    <p class="row offer" role="status">
      <button type="button" onClick={open}>
        {words.title}
      </button>
    </p>
  );
}

/** What has changed, in front of the chat; nothing where it is not to wait. */
function News() {
  const item = pressing();
  if (!item || !state.open) return null;
  const words = newsWords[state.language];
  const { text } = item;
  speak(item);
  seen(item);
  const asks = item.asked.length > 0 && state.view === "chat"; // nobody else can agree to anything
  if (asks) fetchQuestions();
  const read = () =>
    trying(async () => {
      await mark(item, "read");
      opened = "";
      await learn();
      setTimeout(focus);
    });
  return (
    <dialog
      role="alertdialog"
      aria-labelledby="news"
      ref={(now) => void (now?.open === false && now.showModal())}
      onClose={later}
    >
      <main class="notice">
        <h2 id="news">{words.title}</h2>
        <p>{text.weight === "major" ? words.major : words.minor}</p>
        {text.lines.map((line) => (
          <p key={line} lang={text.language}>
            – {line}
          </p>
        ))}
        <a href={text.after_url} target="_blank" rel="noopener">
          {words.now}
        </a>
        {text.before_url && (
          <a href={text.before_url} target="_blank" rel="noopener">
            {words.before}
          </a>
        )}
        {hint && <p role="alert">{hint}</p>}
        {asks && <Asked item={item} />}
        <button type="button" class="main" disabled={state.busy} onClick={read}>
          {words.read}
        </button>
        <button type="button" class="quiet" onClick={later}>
          {words.later}
        </button>
      </main>
    </dialog>
  );
}

function Asked({ item }: { item: CampaignForMe }) {
  const words = newsWords[state.language];
  const shown = questions.filter(({ purpose }) => item.asked.includes(purpose));
  return (
    <section class="choices">
      <p>{words.ask}</p>
      {shown.map((one) => (
        <Question key={one.purpose} item={one} />
      ))}
    </section>
  );
}

/** What the visitor agreed to once: yes or no, each one press. */
function Question({ item }: { item: ConsentItem }) {
  const words = newsWords[state.language];
  const parts = choiceWords[state.language];
  const { notice, purpose } = item;
  const here = purpose !== "wake_up" || possible();
  const say = (answer: "given" | "refused") =>
    trying(async () => {
      const { hash: notice_hash, language } = notice;
      await call("PUT", "/consents", { purpose, answer, notice_hash, language });
      await learn();
    });
  return (
    <div lang={notice.language}>
      <h3>{notice.title}</h3>
      <p>{notice.why}</p>
      <dl>
        <dt>{parts.data}</dt>
        <dd>{notice.data}</dd>
        <dt>{parts.who}</dt>
        <dd>{notice.recipients}</dd>
        <dt>{parts.kept}</dt>
        <dd>{notice.kept}</dd>
      </dl>
      <p>{notice.withdrawal}</p>
      {!here && <small>{parts.not_here}</small>}
      <button
        type="button"
        class="main"
        disabled={state.busy || !here}
        onClick={() => (purpose === "wake_up" ? trying(openWindow) : say("given"))}
      >
        {words.yes}
      </button>
      <button
        type="button"
        class="main" // a no is as easy as a yes, and looks like one
        disabled={state.busy}
        onClick={() => say("refused")}
      >
        {words.no}
      </button>
    </div>
  );
}

/** Ask for the lines again when another language was chosen. */
function speak({ text }: CampaignForMe): void {
  if (text.language === state.language || spoken === state.language) return;
  spoken = state.language;
  void learn().catch(() => null);
}

function fetchQuestions(): void {
  const now = `${state.language} ${state.answers}`;
  if (asked === now) return;
  asked = now;
  void trying(async () => {
    try {
      questions = (await api.consents(state.language)).items;
    } catch (error) {
      asked = ""; // and once more, when this is drawn again
      throw error;
    }
  });
}

/** It is on the screen, and what waited for that is sent; otherwise it is told at the next visit. */
function seen(item: CampaignForMe): void {
  if (told.has(item.text.id)) return;
  told.add(item.text.id);
  void mark(item, "told")
    .then(() => {
      for (const one of state.sending) if (one.failed === "changes_unread") again(one);
    })
    .catch(() => told.delete(item.text.id));
}

const mark = (item: CampaignForMe, now: "told" | "read") =>
  call("PUT", `/campaigns/${item.text.id}`, { state: now });

function trying(work: () => Promise<void>): Promise<void> {
  const show = (text: string) => {
    hint = text;
  };
  return attempt(work, show, (error) => {
    const off = error instanceof Trouble && ["push_off", "feature_locked"].includes(error.code);
    return off ? choiceWords[state.language].not_here : explain(error);
  });
}
