/** A page whose code is fetched when it is first shown. */
import { type Signal, signal } from "@preact/signals";
import type { FunctionComponent, VNode } from "preact";

type Loaded = Signal<FunctionComponent | null>;

export function lazy(
  load: () => Promise<FunctionComponent>,
  waiting: () => VNode,
): FunctionComponent {
  const page: Loaded = signal(null);
  let asked = false;
  return function Lazy() {
    const Page = page.value;
    if (Page) return <Page />;
    if (!asked) {
      asked = true;
      void load().then(
        (component) => {
          page.value = component;
        },
        () => {
          asked = false;
        },
      );
    }
    return waiting();
  };
}
