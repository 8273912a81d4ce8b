/** A modal dialog on the browser's own <dialog>: it traps focus, closes on Escape and gives focus back. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { IconButton } from "./button.tsx";
import { classes } from "./classes.ts";
import "./dialog.css";

export interface DialogProps {
  title: string;
  closeLabel: string;
  onClose: () => void;
  children: ComponentChildren;
  /** Buttons at the foot; the main one last. */
  actions?: ComponentChildren;
  size?: "small" | "medium" | "large" | "picture";
  hideTitle?: boolean;
}

export function Dialog({
  title,
  closeLabel,
  onClose,
  children,
  actions,
  size = "small",
  hideTitle = false,
}: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useModal(box);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click only closes on the backdrop; Escape does the same by keyboard
    <dialog
      ref={box}
      class={classes("dialog", size)}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === box.current && onClose()}
    >
      <div class="dialog-box">
        <header class={classes("dialog-head", hideTitle && "for-screen-readers")}>
          <h2 id={id}>{title}</h2>
          <IconButton icon="close" label={closeLabel} onClick={onClose} />
        </header>
        <div class="dialog-body">{children}</div>
        {actions && <footer class="dialog-actions">{actions}</footer>}
      </div>
    </dialog>
  );
}

/** Where the work begins: the first control of the content, rather than the button that closes. */
function firstField(dialog: HTMLElement | null): HTMLElement | null | undefined {
  const content = dialog?.querySelector(".dialog-body");
  return content?.querySelector<HTMLElement>(
    "input:not([hidden]), select, textarea, button, a[href]",
  );
}

/** Opens the dialog while mounted; whatever had focus before has it again afterwards. */
export function useModal(box: { current: HTMLDialogElement | null }) {
  useEffect(() => {
    const before = document.activeElement;
    const dialog = box.current;
    dialog?.showModal();
    firstField(dialog)?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [box]);
}
