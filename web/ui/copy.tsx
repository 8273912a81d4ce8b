/** Something to take along: shown in full, copied with one press. */
import { useState } from "preact/hooks";
import { Button } from "./button.tsx";
import "./copy.css";

interface CopyProps {
  label: string;
  text: string;
  copy: string;
  copied: string;
  multiline?: boolean;
}

export function CopyBox({ label, text, copy, copied, multiline = false }: CopyProps) {
  const [done, setDone] = useState(false);
  const take = async () => {
    await navigator.clipboard.writeText(text);
    setDone(true);
    setTimeout(() => setDone(false), 2500);
  };
  return (
    <div class={multiline ? "copy-box multiline" : "copy-box"}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long text scrolls, so the keyboard must reach it */}
      <section tabIndex={0} aria-label={label}>
        <code>{text}</code>
      </section>
      <Button size="small" icon={done ? "check" : "copy"} onClick={take}>
        {done ? copied : copy}
      </Button>
      <span class="for-screen-readers" role="status">
        {done ? copied : ""}
      </span>
    </div>
  );
}
