/** One topic of a settings page: a heading, a sentence, the controls. */
import type { ComponentChildren } from "preact";

interface PartProps {
  title: string;
  hint?: ComponentChildren;
  side?: ComponentChildren;
  children?: ComponentChildren;
}

export function Part({ title, hint, side, children }: PartProps) {
  return (
    <section class="part">
      <div class="part-head">
        <div>
          <h2>{title}</h2>
          {hint && <p class="hint">{hint}</p>}
        </div>
        {side}
      </div>
      {children}
    </section>
  );
}
