// For a child: nothing goes on here before a parent or guardian has agreed (clause 7a). The child
// makes a link and passes it on; whoever opens it agrees or does not. What has changed of the policy
// they are told all the same.

import type { GuardianLink } from "../../wire/wire.ts";
import { call } from "./api.ts";
import { explain } from "./explain.ts";
import { guardianWords } from "./guardian-words.ts";
import { say, set, state } from "./state.ts";
import { learn } from "./talk.ts";
import { begin } from "./visit.ts";

let door = "";

/** A stranger has no news, and whoever is held has no line that would tell them of any. */
const hear = () => void (state.config?.held && learn());
const meet = (now: Element | null) => void (now && hear());

export const ask = () => guardianWords[state.language].birth;

export function Birth() {
  return (
    <label ref={meet}>
      {ask()}{" "}
      <input
        type="date"
        autocomplete="bday"
        value={state.birth}
        onInput={(event) => set({ birth: event.currentTarget.value })}
      />
    </label>
  );
}

export function Guardian() {
  const { config, hint, busy, birth, language } = state;
  const words = guardianWords[language];
  const makeLink = async () => {
    if (!config || busy) return;
    set({ busy: true, hint: "" });
    try {
      const asked = { notice_hash: config.notice.hash, language, birth_date: birth };
      door = (await call<GuardianLink>("POST", "/guardian", asked)).url;
    } catch (error) {
      set({ hint: explain(error) });
      hear();
    }
    set({ busy: false });
  };
  return (
    <main class="notice" ref={meet}>
      <h2>{words.title}</h2>
      {hint && <p role="alert">{hint}</p>}
      <p>{words.why}</p>
      {door && <p class="mine bubble">{door}</p>}
      {door && <p>{words.pass}</p>}
      {!door && birth && (
        <button type="button" class="main" disabled={busy} onClick={makeLink}>
          {words.ask}
        </button>
      )}
      <button type="button" class="quiet" disabled={busy} onClick={() => begin().then(hear)}>
        {words.again}
      </button>
      {config && (
        <a href={config.contact_url} target="_blank" rel="noopener">
          {say().contact}
        </a>
      )}
    </main>
  );
}
