/** On or off, at once and without a button to save it: a native checkbox that says it is a switch. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import "./switch.css";

interface SwitchProps {
  label: string;
  hint?: ComponentChildren;
  on: boolean;
  disabled?: boolean;
  onFlip: () => void;
}

export function Switch({ label, hint, on, disabled = false, onFlip }: SwitchProps) {
  const id = useId();
  return (
    <div class="switch">
      <label for={id}>
        {label}
        {hint && (
          <span class="hint" id={`${id}-hint`}>
            {hint}
          </span>
        )}
      </label>
      <input
        type="checkbox"
        role="switch"
        id={id}
        checked={on}
        aria-checked={on}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onClick={(event) => {
          event.preventDefault(); // it shows what holds, which is decided elsewhere
          onFlip();
        }}
      />
    </div>
  );
}
