/** What can be done from the keyboard and the command palette, in one list: what the help shows is what works. */
import type { IconName } from "../../../ui/icon.tsx";
import { focusComposer } from "../composer/focus.ts";
import { backPath, close, reopen } from "../conversation/verbs.ts";
import { step } from "../conversations/cursor.ts";
import { awayByHand, theme, toggleDetails } from "../preferences.ts";
import { filters, go, listPath, route, settingsPath } from "../router.ts";
import { openConversation, signOut } from "../session/session.ts";
import { amAdmin, currentList, snapshot } from "../store/store.ts";
import { type TextKey, t } from "../words/index.ts";
import { open } from "./sheets.ts";

export type ActionGroup = "conversation" | "go" | "you";

export interface Action {
  group: ActionGroup;
  label: TextKey;
  icon: IconName;
  /** One key, or two in a row ("g m"); absent: only in the palette. */
  keys?: string;
  /** False where it makes no sense; it is then neither offered nor run. */
  fits?: () => boolean;
  run: () => void;
}

const inConversation = () => openConversation() !== null;
const inConsole = () => ["list", "conversation"].includes(route.peek().page);
const stateIs = (closed: boolean) => {
  const conversation = snapshot().conversations.get(openConversation() ?? "");
  return conversation !== undefined && (conversation.state === "closed") === closed;
};

function withOpen(run: (id: string) => unknown): () => void {
  return () => {
    const id = openConversation();
    if (id) void run(id);
  };
}

const filterIcons: Record<(typeof filters)[number], IconName> = {
  mine: "person",
  unassigned: "question",
  all: "inbox",
  waiting: "clock",
  closed: "checkRound",
};
export const iconOfFilter = (filter: (typeof filters)[number]) => filterIcons[filter];

export const actions: readonly Action[] = [
  {
    group: "conversation",
    label: "action.next",
    icon: "down",
    keys: "j",
    fits: inConsole,
    run: () => step(1),
  },
  {
    group: "conversation",
    label: "action.previous",
    icon: "down",
    keys: "k",
    fits: inConsole,
    run: () => step(-1),
  },
  {
    group: "conversation",
    label: "action.reply",
    icon: "reply",
    keys: "r",
    fits: inConversation,
    run: () => focusComposer("reply"),
  },
  {
    group: "conversation",
    label: "action.note",
    icon: "note",
    keys: "n",
    fits: inConversation,
    run: () => focusComposer("note"),
  },
  {
    group: "conversation",
    label: "action.assign",
    icon: "person",
    keys: "a",
    fits: inConversation,
    run: withOpen((conversation) => open({ kind: "assign", conversation })),
  },
  {
    group: "conversation",
    label: "action.hand_over",
    icon: "handover",
    keys: "h",
    fits: inConversation,
    run: withOpen((conversation) => open({ kind: "hand_over", conversation })),
  },
  {
    group: "conversation",
    label: "action.snooze",
    icon: "snooze",
    keys: "s",
    fits: inConversation,
    run: withOpen((conversation) => open({ kind: "snooze", conversation })),
  },
  {
    group: "conversation",
    label: "action.close",
    icon: "check",
    keys: "e",
    fits: () => stateIs(false),
    run: withOpen(close),
  },
  {
    group: "conversation",
    label: "action.reopen",
    icon: "reply",
    keys: "e",
    fits: () => stateIs(true),
    run: withOpen(reopen),
  },
  {
    group: "conversation",
    label: "action.details",
    icon: "panel",
    keys: "d",
    fits: inConversation,
    run: toggleDetails,
  },
  {
    group: "conversation",
    label: "action.back",
    icon: "back",
    keys: "u",
    fits: inConversation,
    run: () => go(backPath()),
  },
  ...filters.map(
    (filter): Action => ({
      group: "go",
      label: `filter.${filter}`,
      icon: iconOfFilter(filter),
      keys: `g ${filter[0]}`,
      run: () => go(listPath(filter, currentList.peek().inbox)),
    }),
  ),
  {
    group: "go",
    label: "settings.title",
    icon: "settings",
    keys: "g s",
    run: () => go(settingsPath("profile")),
  },
  {
    group: "go",
    label: "settings.security",
    icon: "shield",
    run: () => go(settingsPath("security")),
  },
  { group: "go", label: "settings.privacy", icon: "hand", run: () => go(settingsPath("privacy")) },
  { group: "go", label: "settings.devices", icon: "bell", run: () => go(settingsPath("devices")) },
  {
    group: "go",
    label: "settings.members",
    icon: "people",
    run: () => go(settingsPath("members")),
  },
  { group: "go", label: "settings.inboxes", icon: "stack", run: () => go(settingsPath("inboxes")) },
  {
    group: "go",
    label: "settings.third-parties",
    icon: "handover",
    fits: () => amAdmin.peek(),
    run: () => go(settingsPath("third-parties")),
  },
  {
    group: "go",
    label: "settings.exceptions",
    icon: "file",
    fits: () => amAdmin.peek(),
    run: () => go(settingsPath("exceptions")),
  },
  {
    group: "go",
    label: "settings.assessments",
    icon: "warning",
    fits: () => amAdmin.peek(),
    run: () => go(settingsPath("assessments")),
  },
  {
    group: "you",
    label: "presence.set_away",
    icon: "moon",
    fits: () => awayByHand.value === "no",
    run: () => set(awayByHand, "yes"),
  },
  {
    group: "you",
    label: "presence.set_online",
    icon: "sun",
    fits: () => awayByHand.value === "yes",
    run: () => set(awayByHand, "no"),
  },
  {
    group: "you",
    label: "theme.to_light",
    icon: "sun",
    fits: () => theme.value !== "light",
    run: () => set(theme, "light"),
  },
  {
    group: "you",
    label: "theme.to_dark",
    icon: "moon",
    fits: () => theme.value !== "dark",
    run: () => set(theme, "dark"),
  },
  {
    group: "you",
    label: "theme.to_system",
    icon: "laptop",
    fits: () => theme.value !== "system",
    run: () => set(theme, "system"),
  },
  {
    group: "you",
    label: "help.title",
    icon: "keyboard",
    keys: "?",
    run: () => open({ kind: "help" }),
  },
  { group: "you", label: "session.sign_out", icon: "exit", run: () => void signOut() },
];

export const groupName = (group: ActionGroup) => t(`group.${group}`);
export const available = () => actions.filter((action) => action.fits?.() ?? true);

function set<T>(target: { value: T }, value: T) {
  target.value = value;
}
