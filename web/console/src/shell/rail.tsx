/** The way around: workspace, filters with their counts, inboxes, and the agent's own menu. */
import { classes } from "../../../ui/classes.ts";
import { Icon, type IconName } from "../../../ui/icon.tsx";
import { Keys } from "../../../ui/keys.tsx";
import { Menu } from "../../../ui/menu.tsx";
import { toast } from "../../../ui/toast.tsx";
import { me as operations } from "../operations.ts";
import { explain } from "../problem.tsx";
import { RequestsMark } from "../requests/mark.tsx";
import { filters, listPath, route } from "../router.ts";
import { enter } from "../session/session.ts";
import { counts, currentList, inboxes, me } from "../store/store.ts";
import { asApiError } from "../store/work.ts";
import { number, t } from "../words/index.ts";
import { Account } from "./account.tsx";
import { iconOfFilter } from "./actions.ts";
import { open } from "./sheets.ts";
import "./rail.css";

export function Rail() {
  return (
    <nav class="rail" aria-label={t("shell.navigation")}>
      <Workspace />
      <button
        type="button"
        class="rail-search"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => open({ kind: "palette" })}
      >
        <Icon name="search" size={16} />
        <span>{t("palette.title")}</span>
        <Keys>{isApple() ? "⌘K" : "Ctrl K"}</Keys>
      </button>
      <Filters />
      <Inboxes />
      <RequestsMark />
      <Account />
    </nav>
  );
}

function Workspace() {
  const who = me.value;
  if (!who) return null;
  if (who.workspaces.length < 2) {
    return (
      <div class="rail-workspace">
        <strong class="one-line">{who.workspace.name}</strong>
      </div>
    );
  }
  return (
    <Menu
      label={t("shell.workspaces")}
      items={who.workspaces.map((workspace) => ({
        label: workspace.name,
        detail: t(`role.${workspace.role}`),
        checked: workspace.id === who.workspace.id,
        run: () => void switchTo(workspace.id),
      }))}
      trigger={(props) => (
        <button type="button" class="rail-workspace" {...props}>
          <strong class="one-line">{who.workspace.name}</strong>
          <Icon name="down" size={14} />
        </button>
      )}
    />
  );
}

async function switchTo(id: string) {
  try {
    await enter(await operations.switchTo(id), "/");
  } catch (error) {
    toast(explain(asApiError(error)), { tone: "danger" });
  }
}

function Filters() {
  const numbers = counts.value;
  const { filter, inbox } = currentList.value;
  const here = route.value.page === "list" || route.value.page === "conversation";
  return (
    <ul class="rail-list">
      {filters.map((name) => (
        <RailLink
          key={name}
          href={listPath(name, inbox)}
          icon={iconOfFilter(name)}
          label={t(`filter.${name}`)}
          current={here && name === filter}
          amount={name === "closed" ? undefined : numbers?.[name]}
        />
      ))}
    </ul>
  );
}

function Inboxes() {
  const all = [...inboxes.value.values()].filter((inbox) => inbox.archived_at === null);
  const { filter, inbox: chosen } = currentList.value;
  if (all.length < 2) return <div class="rail-fill" />;
  return (
    <section class="rail-fill" aria-label={t("settings.inboxes")}>
      <h2 class="rail-title">{t("settings.inboxes")}</h2>
      <ul class="rail-list">
        {all.map((inbox) => (
          <li key={inbox.id}>
            <a
              class="rail-link"
              href={listPath(filter, inbox.id === chosen ? null : inbox.id)}
              aria-current={inbox.id === chosen ? "true" : undefined}
            >
              <i class="inbox-dot" style={{ "--inbox": inbox.color }} />
              <span class="one-line">{inbox.name}</span>
              {inbox.id === chosen && <Icon name="close" size={13} />}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function RailLink(props: {
  href: string;
  icon: IconName;
  label: string;
  current: boolean;
  amount: number | undefined;
}) {
  return (
    <li>
      <a
        class={classes("rail-link", props.current && "current")}
        href={props.href}
        aria-current={props.current ? "page" : undefined}
      >
        <Icon name={props.icon} />
        <span class="one-line">{props.label}</span>
        {props.amount ? <b>{number(props.amount)}</b> : null}
      </a>
    </li>
  );
}

export const isApple = () => /Mac|iPhone|iPad/.test(navigator.platform);
