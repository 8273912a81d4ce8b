/** A button that opens a menu: arrow keys, Home, End, first letters, Escape; focus returns to the button. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { classes } from "./classes.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Keys } from "./keys.tsx";
import "./menu.css";

export interface MenuItem {
  label: string;
  detail?: string | undefined;
  icon?: IconName;
  before?: ComponentChildren;
  keys?: string;
  checked?: boolean;
  danger?: boolean;
  divider?: boolean;
  run: () => void;
}

export interface TriggerProps {
  id: string;
  "aria-haspopup": "menu";
  "aria-expanded": boolean;
  "aria-controls": string | undefined;
  onClick: () => void;
}

interface MenuProps {
  label: string;
  items: readonly MenuItem[];
  trigger: (props: TriggerProps) => ComponentChildren;
  align?: "start" | "end";
  side?: "below" | "above";
}

export function Menu({ label, items, trigger, align = "start", side = "below" }: MenuProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const shut = () => {
    setOpen(false);
    root.current?.querySelector<HTMLElement>(`#${CSS.escape(id)}`)?.focus();
  };
  useOutside(root, open, () => setOpen(false));
  return (
    <div class="menu-root" ref={root}>
      {trigger({
        id,
        "aria-haspopup": "menu",
        "aria-expanded": open,
        "aria-controls": open ? `${id}-list` : undefined,
        onClick: () => setOpen(!open),
      })}
      {open && (
        <MenuList
          id={`${id}-list`}
          className={`${align} ${side}`}
          label={label}
          items={items}
          onShut={shut}
        />
      )}
    </div>
  );
}

function MenuList(props: {
  id: string;
  className: string;
  label: string;
  items: readonly MenuItem[];
  onShut: () => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const rows = () => [...(list.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];
  useEffect(() => {
    (rows().find((row) => row.ariaChecked === "true") ?? rows()[0])?.focus();
  }, []);
  const move = (event: KeyboardEvent) => {
    const target = destination(event, rows());
    if (event.key === "Escape" || event.key === "Tab") props.onShut();
    else if (target) target.focus();
    else return;
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={list}
      id={props.id}
      class={classes("menu", props.className)}
      role="menu"
      aria-label={props.label}
      tabIndex={-1}
      onKeyDown={move}
    >
      {props.items.map((item) => (
        // biome-ignore lint/a11y/useAriaPropsSupportedByRole: aria-checked is set exactly when the role is menuitemradio
        <button
          key={item.label}
          type="button"
          role={item.checked === undefined ? "menuitem" : "menuitemradio"}
          aria-checked={item.checked}
          tabIndex={-1}
          class={classes("menu-item", item.danger && "danger", item.divider && "divided")}
          onClick={() => {
            props.onShut();
            item.run();
          }}
        >
          {item.before ?? (item.icon && <Icon name={item.icon} size={16} />)}
          <span class="menu-label">
            <span class="one-line">{item.label}</span>
            {item.detail && <small class="one-line">{item.detail}</small>}
          </span>
          {item.checked && <Icon name="check" size={14} />}
          {item.keys && <Keys>{item.keys}</Keys>}
        </button>
      ))}
    </div>
  );
}

function destination(event: KeyboardEvent, rows: HTMLElement[]): HTMLElement | undefined {
  const at = rows.indexOf(document.activeElement as HTMLElement);
  if (event.key === "ArrowDown") return rows[(at + 1) % rows.length];
  if (event.key === "ArrowUp") return rows[(at - 1 + rows.length) % rows.length];
  if (event.key === "Home") return rows[0];
  if (event.key === "End") return rows.at(-1);
  if (event.key.length !== 1 || event.key === " " || event.ctrlKey || event.metaKey)
    return undefined;
  const letter = event.key.toLocaleLowerCase();
  return [...rows.slice(at + 1), ...rows].find((row) =>
    row.textContent?.trim().toLocaleLowerCase().startsWith(letter),
  );
}

/** Calls back when a press or the focus lands outside the element while `active`. */
export function useOutside(
  root: { current: HTMLElement | null },
  active: boolean,
  out: () => void,
) {
  useEffect(() => {
    if (!active) return;
    const check = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) out();
    };
    document.addEventListener("pointerdown", check, true);
    document.addEventListener("focusin", check);
    return () => {
      document.removeEventListener("pointerdown", check, true);
      document.removeEventListener("focusin", check);
    };
  });
}
