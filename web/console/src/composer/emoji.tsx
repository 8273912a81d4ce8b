/** A small set of emoji, drawn by the system's own font. */
import { useEffect, useRef, useState } from "preact/hooks";
import { IconButton } from "../../../ui/button.tsx";
import { useOutside } from "../../../ui/menu.tsx";
import { t } from "../words/index.ts";

const sets = [
  "😀 😄 😁 😂 🙂 😉 😊 😍 😘 😎 🤔 😐 😴 😕 🙁 😢 😭 😅 😬 😱 😡 🥳 🤗 🤝",
  "👍 👎 👌 👏 🙏 💪 👋 ✌️ 🤞 👉 👇 ☝️",
  "❤️ 💚 💛 ⭐ ✨ 🔥 🎉 🎁 ✅ ❌ ⚠️ ❓",
  "📦 🚚 💳 🧾 📎 📷 📞 📧 🔑 🔒 🕐 📅 🏠 🛒 🔧 💡",
].map((set) => set.split(" "));
const all = sets.flat();
const columns = 8;

export function EmojiButton({ onPick }: { onPick: (emoji: string) => void }) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  useOutside(root, open, () => setOpen(false));
  const shut = () => {
    setOpen(false);
    root.current?.querySelector("button")?.focus();
  };
  return (
    <div class="menu-root" ref={root}>
      <IconButton
        icon="smile"
        label={t("composer.emoji")}
        aria-expanded={open}
        aria-haspopup="dialog"
        onClick={() => setOpen(!open)}
      />
      {open && (
        <EmojiGrid
          onShut={shut}
          onPick={(emoji) => {
            setOpen(false);
            onPick(emoji);
          }}
        />
      )}
    </div>
  );
}

function EmojiGrid({ onPick, onShut }: { onPick: (emoji: string) => void; onShut: () => void }) {
  const [at, setAt] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => grid.current?.querySelector("button")?.focus(), []);
  const press = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (event.key === "Escape") onShut();
    else if (step) {
      const next = Math.min(Math.max(at + step, 0), all.length - 1);
      setAt(next);
      grid.current?.querySelectorAll("button")[next]?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="emoji-panel" role="dialog" aria-label={t("composer.emoji")}>
      <div
        class="emoji-grid"
        ref={grid}
        role="toolbar"
        aria-label={t("composer.emoji")}
        onKeyDown={press}
      >
        {all.map((emoji, index) => (
          <button
            key={emoji}
            type="button"
            tabIndex={index === at ? 0 : -1}
            onClick={() => onPick(emoji)}
          >
            {emoji}
          </button>
        ))}
      </div>
    </div>
  );
}
