// A visitor shows their own conversation to whoever has a link: after they have read what that means,
// and until they end it (clause 5.3). Few come here, so it comes late.

import type { MyPublications, Publication, Published } from "../../wire/wire.ts";
import { call, Trouble } from "./api.ts";
import { attempt } from "./attempt.ts";
import { owner } from "./owner.ts";
import { publishWords } from "./publish-words.ts";
import { say, set, state } from "./state.ts";

const DAYS = [1, 7, 30] as const;

let mine: MyPublications | null = null;
let asked = "";
let reading = false; // what it means is on the screen
let days: (typeof DAYS)[number] = 7;
let link = ""; // just made, shown once
let copied = false;
let hint = "";

const here = () => `?language=${state.language}`;

export function Publish() {
  const words = publishWords[state.language];
  const now = `${state.language} ${owner()}`;
  if (asked !== now) {
    asked = now;
    mine = null;
    reading = false;
    link = "";
    void trying(learn);
  }
  const open = mine?.items.filter((item) => item.state === "open") ?? [];
  if (!hint && !mine?.allowed && !open.length) return null;
  return (
    <section class="choices" aria-label={words.title}>
      <h3>{words.title}</h3>
      {hint && <p role="alert">{hint}</p>}
      {open.map((item) => (
        <Open key={item.id} item={item} />
      ))}
      {link && <Link />}
      {mine?.allowed &&
        (reading ? (
          <Meaning />
        ) : (
          <button type="button" class="quiet" onClick={() => read(true)}>
            {words.begin}
          </button>
        ))}
    </section>
  );
}

/** What it means, before the yes. */
function Meaning() {
  const words = publishWords[state.language];
  if (!mine) return null;
  const { why, what, delicate, who, end, language } = mine.notice;
  return (
    <>
      <div lang={language}>
        {[why, what].map((text) => (
          <p key={text}>{text}</p>
        ))}
        <p>
          <strong>{delicate}</strong>
        </p>
        {[who, end].map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
      <div class="row" role="radiogroup" aria-label={words.days}>
        {words.days}
        {DAYS.map((n) => (
          <label key={n}>
            <input
              type="radio"
              name="days"
              checked={days === n}
              onChange={() => {
                days = n;
                set({});
              }}
            />{" "}
            {words.for_days(n)}
          </label>
        ))}
      </div>
      <button type="button" class="main" disabled={state.busy} onClick={publish}>
        {words.agree}
      </button>
      <button type="button" class="quiet" onClick={() => read(false)}>
        {words.back}
      </button>
    </>
  );
}

function Link() {
  const words = publishWords[state.language];
  const copy = (event: Event) => {
    const button = event.currentTarget as HTMLElement;
    (button.previousElementSibling as HTMLInputElement).select();
    copied = document.execCommand("copy"); // the other way is closed to frames of other sites
    set({});
  };
  return (
    <>
      <p class="row choice">
        <input
          readOnly
          aria-label={words.link}
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" class="quiet" onClick={copy}>
          {copied ? words.copied : words.copy}
        </button>
      </p>
      <small>{words.once}</small>
    </>
  );
}

function Open({ item }: { item: Publication }) {
  const words = publishWords[state.language];
  const end = () =>
    trying(async () => {
      await call("DELETE", `/publications/${item.id}${here()}`);
      link = "";
      await learn();
    });
  return (
    <p class="row choice">
      <span>{words.until.replace("{date}", say().date(new Date(item.expires_at), true))}</span>
      <button type="button" class="quiet" disabled={state.busy} onClick={end}>
        {words.end}
      </button>
    </p>
  );
}

const publish = () =>
  trying(async () => {
    if (!mine) return;
    const whose = asked;
    const { hash, language } = mine.notice;
    const body = { notice_hash: hash, language, days };
    try {
      const made = await call<Published>("POST", "/publications", body);
      if (whose !== asked) return; // another visitor is here by now, and it is not their link
      link = made.url;
      copied = reading = false;
    } catch (error) {
      if (!(error instanceof Trouble && error.status === 404)) throw error;
      hint = publishWords[state.language].empty;
      return;
    } finally {
      await learn(); // a new text is to be read
    }
  });

function read(now: boolean): void {
  reading = now;
  hint = link = "";
  set({});
}

async function learn(): Promise<void> {
  const whose = asked;
  const now = await call<MyPublications>("GET", `/publications${here()}`);
  if (whose === asked) mine = now;
}

function trying(work: () => Promise<void>): Promise<void> {
  const whose = asked;
  return attempt(work, (text) => {
    if (whose === asked) hint = text;
  });
}
