/** What a view shows when it has nothing, not yet anything, or bad news. */
import type { ComponentChildren } from "preact";
import { Button } from "./button.tsx";
import { Icon, type IconName } from "./icon.tsx";
import "./states.css";

export function Empty({
  icon,
  title,
  children,
}: {
  icon: IconName;
  title: string;
  children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={icon} size={24} />
      </span>
      <h2>{title}</h2>
      {children && <div class="empty-text">{children}</div>}
    </div>
  );
}

/** Grey shapes where the content will be; read out once as `label`. */
export function Skeleton({
  rows,
  label,
  kind = "rows",
}: {
  rows: number;
  label: string;
  kind?: "rows" | "bubbles" | "lines";
}) {
  return (
    <div class={`skeleton ${kind}`} role="status">
      <span class="for-screen-readers">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} class="skeleton-row" aria-hidden="true">
          <i />
          <b />
        </div>
      ))}
    </div>
  );
}

export function Trouble({
  title,
  detail,
  retry,
  onRetry,
}: {
  title: string;
  detail?: string;
  retry?: string;
  onRetry?: () => void;
}) {
  return (
    <div class="empty" role="alert">
      <span class="empty-icon danger">
        <Icon name="warning" size={24} />
      </span>
      <h2>{title}</h2>
      {detail && <p class="empty-text">{detail}</p>}
      {retry && onRetry && (
        <Button icon="retry" onClick={onRetry}>
          {retry}
        </Button>
      )}
    </div>
  );
}

export function Notice({
  tone = "plain",
  title,
  children,
}: {
  tone?: "plain" | "warn" | "danger" | "good";
  title?: string;
  children: ComponentChildren;
}) {
  return (
    <div class={`notice ${tone}`} role={tone === "danger" ? "alert" : undefined}>
      <Icon
        name={tone === "plain" ? "info" : tone === "good" ? "checkRound" : "warning"}
        size={18}
      />
      <div>
        {title && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  );
}
