/** Scrolling as readers expect it: stick to the end while there, stay put when something appears above. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

const endZone = 60;
const topZone = 400;

interface Following {
  first: unknown;
  last: unknown;
  lastIsMine: boolean;
  nearTop: () => void;
}

export function useFollowing(
  box: { current: HTMLDivElement | null },
  { first, last, lastIsMine, nearTop }: Following,
) {
  const [atEnd, setAtEnd] = useState(true);
  const sticking = useRef(true);
  const below = useRef(0);
  const before = useRef({ first, last });
  const top = useRef(nearTop);
  top.current = nearTop;

  const toEnd = () => {
    const element = box.current;
    if (!element) return;
    element.scrollTop = element.scrollHeight;
    sticking.current = true;
    setAtEnd(true);
  };
  const look = () => {
    const element = box.current;
    if (!element) return;
    below.current = element.scrollHeight - element.scrollTop - element.clientHeight;
    sticking.current = below.current < endZone;
    setAtEnd(sticking.current);
    if (element.scrollTop < topZone) top.current();
  };

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const grewAbove = before.current.first !== first && before.current.last === last;
    const mine = before.current.last !== last && lastIsMine;
    before.current = { first, last };
    if (grewAbove && !sticking.current) {
      element.scrollTop = element.scrollHeight - element.clientHeight - below.current;
    } else if (sticking.current || mine) toEnd();
    look();
  }, [first, last]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    // The composer grows, the phone's keyboard opens, a picture arrives: the end stays in view.
    const observer = new ResizeObserver(() => {
      if (sticking.current) element.scrollTop = element.scrollHeight;
      look();
    });
    observer.observe(element);
    for (const content of element.children) observer.observe(content);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, []);

  return { atEnd, toEnd };
}
