// Who the visitor talks to, whether they are there, the language, and the way out.

import type { Language } from "../../wire/wire.ts";
import { Icon } from "./icon.tsx";
import { tell } from "./page.ts";
import { say, set, state } from "./state.ts";
import { speak } from "./visit.ts";
import { back } from "./when.ts";
import { names } from "./words/index.ts";

export function Header() {
  const { config, about } = state;
  const words = say();
  return (
    <header>
      {config && (
        <>
          <span class="initial" aria-hidden="true">
            {[...config.inbox.name][0]}
          </span>
          <div>
            <h1>{config.inbox.name}</h1>
            <p>{presence()}</p>
          </div>
          {config.inbox.languages.length > 1 && <Languages />}
          <button
            type="button"
            title={words.about}
            aria-label={words.about}
            aria-expanded={about}
            onClick={() => set({ about: !about })}
          >
            <Icon name="info" />
          </button>
        </>
      )}
      {parent !== window && (
        <button type="button" aria-label={words.close} onClick={() => tell({ silkroad: "close" })}>
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}

function presence(): string {
  const { config } = state;
  const words = say();
  if (config?.open) return words.open;
  return config?.opens_at ? back(config.opens_at, Date.now(), words) : words.closed;
}

function Languages() {
  const choose = (event: { currentTarget: HTMLSelectElement }) =>
    speak(event.currentTarget.value as Language);
  return (
    <label class="globe" title={say().language}>
      <Icon name="globe" />
      <select aria-label={say().language} value={state.language} onChange={choose}>
        {state.config?.inbox.languages.map((language) => (
          <option key={language} value={language} lang={language}>
            {names[language]}
          </option>
        ))}
      </select>
    </label>
  );
}
