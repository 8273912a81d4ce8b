/** Everything one can jump to or do, under Ctrl/Cmd-K. */
import { type Command, Palette } from "../../../ui/palette.tsx";
import type { Language } from "../../../wire/wire.ts";
import { visitorName } from "../names.ts";
import { spoken } from "../preferences.ts";
import { conversationPath, go, listPath } from "../router.ts";
import { conversations, currentList, inboxes } from "../store/store.ts";
import { language, languageNames, languages, speak, t } from "../words/index.ts";
import { available, groupName } from "./actions.ts";
import { shut } from "./sheets.ts";

export function CommandPalette() {
  const commands = [...doable(), ...people(), ...places(), ...tongues()];
  return (
    <Palette
      title={t("palette.title")}
      placeholder={t("palette.placeholder")}
      nothing={t("palette.nothing")}
      commands={commands}
      onClose={shut}
    />
  );
}

function doable(): Command[] {
  return available().map((action) => ({
    id: action.label,
    group: groupName(action.group),
    label: t(action.label),
    icon: action.icon,
    keys: action.keys,
    run: action.run,
  }));
}

/** Conversations that this browser has seen, newest first. */
function people(): Command[] {
  return [...conversations.value.values()]
    .sort((a, b) => b.updated_at - a.updated_at)
    .map((conversation) => ({
      id: conversation.id,
      group: t("palette.conversations"),
      label: visitorName(conversation.visitor),
      detail: conversation.preview?.text,
      icon: "inbox",
      also: `${conversation.visitor.email ?? ""} ${conversation.visitor.phone ?? ""}`,
      run: () => go(conversationPath(conversation.id)),
    }));
}

function places(): Command[] {
  return [...inboxes.value.values()]
    .filter((inbox) => inbox.archived_at === null)
    .map((inbox) => ({
      id: inbox.id,
      group: t("settings.inboxes"),
      label: inbox.name,
      icon: "stack",
      run: () => go(listPath(currentList.peek().filter, inbox.id)),
    }));
}

function tongues(): Command[] {
  return languages
    .filter((tag) => tag !== language.value)
    .map((tag) => ({
      id: tag,
      group: t("profile.language"),
      label: languageNames[tag],
      icon: "globe",
      also: tag,
      run: () => switchLanguage(tag),
    }));
}

export function switchLanguage(tag: Language) {
  spoken.value = tag;
  void speak(tag);
}
