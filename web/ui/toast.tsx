/** Short news in a corner of the window; read out politely, gone by itself, at most three at a time. */
import { signal } from "@preact/signals";
import { IconButton } from "./button.tsx";
import { classes } from "./classes.ts";
import "./toast.css";

export interface Toast {
  id: number;
  text: string;
  tone: "plain" | "danger";
  action?: { label: string; run: () => void } | undefined;
}

const shown = signal<readonly Toast[]>([]);
const secondsShown = 6;
let last = 0;

export function toast(
  text: string,
  options: { tone?: Toast["tone"]; action?: Toast["action"] } = {},
) {
  const id = ++last;
  shown.value = [
    ...shown.value.slice(-2),
    { id, text, tone: options.tone ?? "plain", action: options.action },
  ];
  setTimeout(() => dismiss(id), secondsShown * 1000);
}

function dismiss(id: number) {
  shown.value = shown.value.filter((item) => item.id !== id);
}

export function Toasts({ closeLabel }: { closeLabel: string }) {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {shown.value.map((item) => (
        <div key={item.id} class={classes("toast", item.tone)}>
          <span>{item.text}</span>
          {item.action && (
            <button
              type="button"
              class="toast-action"
              onClick={() => {
                item.action?.run();
                dismiss(item.id);
              }}
            >
              {item.action.label}
            </button>
          )}
          <IconButton icon="close" label={closeLabel} onClick={() => dismiss(item.id)} />
        </div>
      ))}
    </div>
  );
}
