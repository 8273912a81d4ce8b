// What was done with the visitor's data without their consent, told afterwards; and their no to the
// use of what is public about them and to research (clauses 4.3.5, 4.3.6, 4.3.8, 4.3.11). Few come here, so it comes late.

import type { ExceptionNotice, ExceptionsAboutMe } from "../../wire/wire.ts";
import { call } from "./api.ts";
import { attempt } from "./attempt.ts";
import { held, owner } from "./owner.ts";
import { say, state } from "./state.ts";
import { withoutWords } from "./without-words.ts";

const REFUSABLE = ["EX06", "EX08", "EX11"] as const;
type Refusable = (typeof REFUSABLE)[number];

let about: ExceptionsAboutMe | null = null;
let asked = "";
let hint = "";

export function Without() {
  const words = withoutWords[state.language];
  const now = owner();
  if (asked !== now) {
    asked = now;
    about = null;
    void trying(() => call<ExceptionsAboutMe>("GET", "/exceptions"));
  }
  return (
    <section class="choices" aria-label={words.title}>
      <h3>{words.title}</h3>
      {hint && <p role="alert">{hint}</p>}
      {about?.notices.map((notice) => (
        <p key={notice.started_at}>
          <strong>{words.emergency}</strong>: {notice.reason}
          <small>
            {span(notice)} · {words.uses.replace("{n}", String(notice.uses))}
          </small>
        </p>
      ))}
      <small>{about?.notices.length === 0 ? `${words.none} ${words.about}` : words.about}</small>
      {about && (
        <>
          <p>{words.refuse}</p>
          {REFUSABLE.map((code) => (
            <No key={code} code={code} />
          ))}
        </>
      )}
    </section>
  );
}

function No({ code }: { code: Refusable }) {
  const words = withoutWords[state.language];
  const refused = about?.refused.includes(code) ?? false;
  const flip = () =>
    trying(() =>
      call<ExceptionsAboutMe>("PUT", "/exceptions/refusals", { code, refused: !refused }),
    );
  return (
    <p class="row choice">
      <span>{words[code]}</span>
      <button
        type="button"
        role="switch"
        class="switch"
        aria-checked={refused}
        aria-label={`${words.refuse} ${words[code]}`}
        disabled={state.busy || (refused && held())}
        onClick={flip}
      />
    </p>
  );
}

function span({ started_at, ended_at }: ExceptionNotice): string {
  const day = (at: number) => say().date(new Date(at), true);
  const [first, last] = [day(started_at), day(ended_at)];
  return first === last ? first : `${first} – ${last}`;
}

/** Another visitor may be here when the answer comes. */
function trying(work: () => Promise<ExceptionsAboutMe>): Promise<void> {
  const whose = asked;
  const learn = async () => {
    const told = await work();
    if (whose === asked) about = told;
  };
  return attempt(learn, (text) => {
    if (whose === asked) hint = text;
  });
}
