/** The frame of every page outside the console: brand, one card, language and theme below it. */
import type { ComponentChildren } from "preact";
import { Mark } from "../../../ui/brand/mark.tsx";
import { Icon } from "../../../ui/icon.tsx";
import type { Language } from "../../../wire/wire.ts";
import { spoken, theme } from "../preferences.ts";
import { language, languageNames, languages, speak, t } from "../words/index.ts";
import "./session.css";

interface CardProps {
  title: string;
  lead?: ComponentChildren;
  wide?: boolean;
  children: ComponentChildren;
  foot?: ComponentChildren;
}

export function Card({ title, lead, wide = false, children, foot }: CardProps) {
  return (
    <div class="session-page">
      <main class={wide ? "session-card wide" : "session-card"}>
        <div class="session-brand">
          <Mark size={36} />
          <span>Silkroad</span>
        </div>
        <h1>{title}</h1>
        {lead && <div class="session-lead">{lead}</div>}
        {children}
        {foot && <footer class="session-foot">{foot}</footer>}
      </main>
      <SessionChoices />
    </div>
  );
}

function SessionChoices() {
  return (
    <footer class="session-choices">
      <label>
        <Icon name="globe" size={16} />
        <span class="for-screen-readers">{t("profile.language")}</span>
        <select
          value={language.value}
          onChange={(event) => choose(event.currentTarget.value as Language)}
        >
          {languages.map((tag) => (
            <option key={tag} value={tag} lang={tag}>
              {languageNames[tag]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <Icon name="sun" size={16} />
        <span class="for-screen-readers">{t("profile.theme")}</span>
        <select
          value={theme.value}
          onChange={(event) => {
            theme.value = event.currentTarget.value as typeof theme.value;
          }}
        >
          <option value="system">{t("theme.system")}</option>
          <option value="light">{t("theme.light")}</option>
          <option value="dark">{t("theme.dark")}</option>
        </select>
      </label>
    </footer>
  );
}

function choose(tag: Language) {
  spoken.value = tag;
  void speak(tag);
}
