/** A long list drawn as the few rows that can be seen; every row has the same height. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Conversation } from "../../../wire/wire.ts";
import { listWork, loadList } from "../store/load.ts";
import { type ListKey, listName } from "../store/state.ts";
import { workOf } from "../store/work.ts";
import { t } from "../words/index.ts";
import { cursor } from "./cursor.ts";
import { Row } from "./row.tsx";

/** Keep in step with --row in conversations.css. */
const rowHeight = 76;
const spare = 6;

interface RowsProps {
  list: ListKey;
  items: readonly Conversation[];
  more: boolean;
}

export function Rows({ list, items, more }: RowsProps) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  const look = () => {
    const element = box.current;
    if (element) setView({ top: element.scrollTop, height: element.clientHeight });
  };
  useEffect(() => {
    const observer = new ResizeObserver(look);
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => box.current?.scrollTo(0, 0), [listName(list)]);
  useCursor(box, items);
  const from = Math.max(0, Math.floor(view.top / rowHeight) - spare);
  const to = Math.min(items.length, Math.ceil((view.top + view.height) / rowHeight) + spare);
  useEffect(() => {
    if (more && to >= items.length) void loadList(list, true);
  }, [more, to, items.length, listName(list)]);
  return (
    <div ref={box} class="rows" onScroll={look}>
      {/* biome-ignore lint/a11y/useSemanticElements: the rows are placed by hand, so a plain element carries the role */}
      <div
        class="rows-all"
        role="list"
        aria-label={t("list.label")}
        style={{ height: `${items.length * rowHeight}px` }}
      >
        {items.slice(from, to).map((conversation, index) => (
          // biome-ignore lint/a11y/useSemanticElements: as above
          <div
            key={conversation.id}
            role="listitem"
            class="rows-one"
            aria-setsize={more ? -1 : items.length}
            aria-posinset={from + index + 1}
            style={{ transform: `translateY(${(from + index) * rowHeight}px)` }}
          >
            <Row conversation={conversation} />
          </div>
        ))}
      </div>
      {more && workOf(listWork(list))?.state === "failed" && (
        <button type="button" class="link rows-retry" onClick={() => loadList(list, true)}>
          {t("list.more_failed")}
        </button>
      )}
    </div>
  );
}

/** Brings the keyboard's row into view, and gives it the focus where j and k walk through the list. */
function useCursor(box: { current: HTMLDivElement | null }, items: readonly Conversation[]) {
  const at = cursor.value;
  useLayoutEffect(() => {
    const index = items.findIndex((item) => item.id === at?.id);
    const element = box.current;
    if (index < 0 || !element) return;
    const top = index * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    const overflow = top + rowHeight - element.scrollTop - element.clientHeight;
    if (overflow > 0) element.scrollTop += overflow;
    if (!at?.focus) return;
    requestAnimationFrame(() => {
      const row = element.querySelector<HTMLElement>(`[data-id="${CSS.escape(at.id)}"]`);
      row?.focus({ preventScroll: true });
    });
  }, [at]);
}
