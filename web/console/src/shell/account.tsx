/** The agent's own corner: face, presence, and the menu behind it. */
import { Avatar } from "../../../ui/avatar.tsx";
import { IconButton } from "../../../ui/button.tsx";
import { Menu } from "../../../ui/menu.tsx";
import { awayByHand, theme } from "../preferences.ts";
import { go, settingsPath } from "../router.ts";
import { signOut } from "../session/session.ts";
import { me } from "../store/store.ts";
import { t } from "../words/index.ts";
import { open } from "./sheets.ts";

export function Account() {
  const who = me.value;
  if (!who) return null;
  const { member } = who;
  const away = awayByHand.value === "yes";
  return (
    <footer class="rail-account">
      <Menu
        label={t("shell.account")}
        side="above"
        items={[
          {
            label: t("presence.online"),
            before: <i class="presence-dot online still" />,
            checked: !away,
            run: () => setAway(false),
          },
          {
            label: t("presence.away"),
            before: <i class="presence-dot away still" />,
            checked: away,
            run: () => setAway(true),
          },
          {
            label: t("settings.title"),
            icon: "settings",
            keys: "g s",
            divider: true,
            run: () => go(settingsPath("profile")),
          },
          {
            label: t(isDark() ? "theme.to_light" : "theme.to_dark"),
            icon: isDark() ? "sun" : "moon",
            run: flipTheme,
          },
          {
            label: t("help.title"),
            icon: "keyboard",
            keys: "?",
            run: () => open({ kind: "help" }),
          },
          { label: t("session.sign_out"), icon: "exit", divider: true, run: () => void signOut() },
        ]}
        trigger={(props) => (
          <button type="button" class="rail-me" {...props}>
            <Avatar
              id={member.id}
              name={member.name}
              size={32}
              presence={away ? "away" : member.presence}
            />
            <span class="rail-me-text">
              <span class="one-line">{member.name}</span>
              <small class="one-line">{t(`presence.${away ? "away" : member.presence}`)}</small>
            </span>
          </button>
        )}
      />
      <IconButton
        icon="settings"
        label={t("settings.title")}
        keys="g s"
        onClick={() => go(settingsPath("profile"))}
      />
    </footer>
  );
}

function setAway(away: boolean) {
  awayByHand.value = away ? "yes" : "no";
}

function isDark(): boolean {
  if (theme.value !== "system") return theme.value === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

function flipTheme() {
  theme.value = isDark() ? "light" : "dark";
}
