/** Buttons: one primary action per view, the rest plain or quiet. A busy button keeps its width. */
import type { ComponentChildren, JSX, Ref } from "preact";
import "./button.css";
import { classes } from "./classes.ts";
import { Icon, type IconName } from "./icon.tsx";

type Native = Omit<JSX.IntrinsicElements["button"], "size" | "icon" | "class" | "ref">;

export interface ButtonProps extends Native {
  kind?: "primary" | "plain" | "quiet" | "danger";
  size?: "small" | "medium" | "large";
  icon?: IconName;
  busy?: boolean;
  wide?: boolean;
  children?: ComponentChildren;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({
  kind = "plain",
  size = "medium",
  icon,
  busy = false,
  wide = false,
  disabled,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={classes("button", kind, size, busy && "busy", wide && "wide")}
      disabled={Boolean(disabled) || busy}
      aria-busy={busy || undefined}
    >
      {icon && <Icon name={icon} size={16} />}
      <span>{children}</span>
    </button>
  );
}

export interface IconButtonProps extends Native {
  icon: IconName;
  label: string;
  /** Keys that do the same, shown in the tooltip and told to screen readers. */
  keys?: string | undefined;
  pressed?: boolean | undefined;
  kind?: "quiet" | "primary";
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton({
  icon,
  label,
  keys,
  pressed,
  kind = "quiet",
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={classes("icon-button", kind)}
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={keys}
      title={keys ? `${label} (${keys})` : label}
    >
      <Icon name={icon} />
    </button>
  );
}
