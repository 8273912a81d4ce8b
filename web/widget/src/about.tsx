// What is stored, for how long, and where the policy is: before the first message, and again
// whenever the visitor wants to read it (clause P.2); then with what they have switched on (6.3), also
// while somebody is asked for their age: taking back does not wait for that.

import { focus } from "./focus.ts";
import { say, set, state } from "./state.ts";
import { accept } from "./visit.ts";

export function Notice() {
  const { config, hint, busy, young } = state;
  return (
    <main class="notice">
      {config?.inbox.greeting && <p class="theirs bubble">{config.inbox.greeting}</p>}
      {hint && <p role="alert">{hint}</p>}
      <Lines />
      {config?.ask_birth_date && young && <young.Birth />}
      <button type="button" class="main" disabled={busy} onClick={() => accept().then(focus)}>
        {config?.notice.accept}
      </button>
    </main>
  );
}

let part: typeof import("./choices.tsx") | null = null; // few people come here, so it comes late

async function fetchPart(): Promise<void> {
  part = await import("./choices.tsx");
  set({});
}

export function About() {
  const words = say();
  if (!part) void fetchPart();
  return (
    <main class="notice">
      <h2>{words.about}</h2>
      {part && <part.Choices />}
      <Lines />
      <button type="button" class="main" onClick={() => set({ about: false })}>
        {words.back}
      </button>
      {part && <part.Forget />}
    </main>
  );
}

function Lines() {
  const { config } = state;
  return (
    config && (
      <section lang={config.notice.language}>
        <dl>{config.notice.lines.map(({ name, text }) => [<dt>{name}</dt>, <dd>{text}</dd>])}</dl>
        <a href={config.notice.policy_url} target="_blank" rel="noopener">
          {say().policy}
        </a>
        <a href={config.contact_url} target="_blank" rel="noopener">
          {say().contact}
        </a>
      </section>
    )
  );
}
