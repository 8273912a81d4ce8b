// What the visitor has agreed to, purpose by purpose, with a switch for each: on is asked for in a
// window of its own, off is one press. And the receipt of all answers (clauses 6.3a, 5.1). Who has to
// say their age first sees what is on, and can switch nothing on.

import type { ConsentItem, ConsentList, Receipt } from "../../wire/wire.ts";
import { api, call } from "./api.ts";
import { attempt } from "./attempt.ts";
import { choiceWords } from "./choice-words.ts";
import { held, known, owner } from "./owner.ts";
import { Publish } from "./publish.tsx";
import { say, set, state } from "./state.ts";
import { forget } from "./visit.ts";
import { ask, possible } from "./wake.ts";
import { Without } from "./without.tsx";

let list: ConsentList | null = null;
let receipt: Receipt | null = null;
let asked = "";
let open = ""; // the purpose whose details are shown
let hint = "";

export function Choices() {
  return known() ? <All /> : null;
}

export function Forget() {
  if (!known()) return null;
  return (
    <button type="button" class="quiet" onClick={forget}>
      {say().forget}
    </button>
  );
}

function All() {
  const words = choiceWords[state.language];
  const now = `${state.language} ${state.answers} ${owner()}`;
  if (asked !== now) {
    asked = now;
    receipt = null;
    void trying(async () => hold(await api.consents(state.language)));
  }
  const items = list?.items ?? [];
  const shown = items.filter((item) => (item.in_use && !held()) || item.state === "given");
  const rest = held() ? [] : items.filter((item) => !shown.includes(item));
  const later = rest.map((item) => item.notice.title);
  return (
    <>
      <section class="choices" aria-label={words.choices}>
        <h3>{words.choices}</h3>
        {hint && <p role="alert">{hint}</p>}
        {shown.map((item) => (
          <Choice key={item.purpose} item={item} />
        ))}
        {later.length > 0 && <small>{words.later.replace("{names}", joined(later))}</small>}
        {list && <Proof />}
      </section>
      {list && <Publish />}
      {list && <Without />}
    </>
  );
}

function Choice({ item }: { item: ConsentItem }) {
  const words = choiceWords[state.language];
  const { notice, purpose, state: answer } = item;
  const on = answer === "given";
  const flip = () => (on ? withdraw(item) : ask());
  return (
    <>
      <p class="row choice">
        <button
          type="button"
          aria-expanded={open === purpose}
          onClick={() => {
            open = open === purpose ? "" : purpose;
            set({});
          }}
        >
          {notice.title}
          <small>{on ? since(item) : words.off}</small>
        </button>
        <button
          type="button"
          role="switch"
          class="switch"
          aria-checked={on}
          aria-label={notice.title}
          disabled={state.busy || !(on || possible())}
          onClick={flip}
        />
      </p>
      {!on && !possible() && <small>{words.not_here}</small>}
      {open === purpose && (
        <div lang={notice.language}>
          <p>{notice.why}</p>
          <dl>
            <dt>{words.data}</dt>
            <dd>{notice.data}</dd>
            <dt>{words.who}</dt>
            <dd>{joined(item.recipients) || notice.recipients}</dd>
            <dt>{words.kept}</dt>
            <dd>{notice.kept}</dd>
          </dl>
          <p>{notice.withdrawal}</p>
        </div>
      )}
    </>
  );
}

function Proof() {
  const words = choiceWords[state.language];
  const toggle = () =>
    trying(async () => {
      receipt = receipt
        ? null
        : await call<Receipt>("GET", `/consents/receipt?language=${state.language}`);
    });
  return (
    <>
      <button type="button" class="quiet" aria-expanded={Boolean(receipt)} onClick={toggle}>
        {receipt ? words.hide : words.receipt}
      </button>
      {receipt && (
        <>
          <pre>{receipt.text}</pre>
          <button type="button" class="quiet" onClick={download}>
            {words.download}
          </button>
        </>
      )}
    </>
  );
}

const joined = (names: string[]): string => new Intl.ListFormat(say().locale).format(names);

const since = (item: ConsentItem): string => {
  const date = say().date(new Date(item.since ?? 0), true);
  return choiceWords[state.language].since.replace("{date}", date);
};

const withdraw = ({ purpose }: ConsentItem) =>
  trying(async () => {
    hold(await call<ConsentList>("POST", "/consents/withdrawal", { purpose }));
    set({ wake: "declined" }); // who has just said no is not asked again at once
  });

function hold(now: ConsentList): void {
  list = now;
  const woken = now.items.some((item) => item.purpose === "wake_up" && item.state === "given");
  if (state.visitor) set({ visitor: { ...state.visitor, push: woken } });
}

function download(): void {
  const file = new Blob([JSON.stringify(receipt, null, 2)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "consents.json";
  link.click();
  URL.revokeObjectURL(link.href);
}

const trying = (work: () => Promise<void> | void): Promise<void> =>
  attempt(work, (text) => {
    hint = text;
  });
