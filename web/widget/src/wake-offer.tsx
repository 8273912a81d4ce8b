// The offer to be told when the answer comes, made once, after the first message.

import { Icon } from "./icon.tsx";
import { say, set, state } from "./state.ts";

const offered = (): boolean =>
  state.wake === "offer" &&
  Boolean(state.config?.push_key) &&
  !state.visitor?.push &&
  state.messages.some((message) => message.author.kind === "visitor") &&
  "PushManager" in window &&
  "serviceWorker" in navigator;

// Few take it, so what opens the window comes late.
const ask = () =>
  import("./wake.ts").then(
    (part) => part.ask(),
    () => set({ hint: say().no_network }),
  );

export function Wake() {
  if (!offered()) return null;
  return (
    <p class="row offer">
      <button type="button" onClick={ask}>
        <Icon name="bell" />
        {say().wake}
      </button>
      <button
        type="button"
        aria-label={say().wake_no}
        title={say().wake_no}
        onClick={() => set({ wake: "declined" })}
      >
        <Icon name="close" />
      </button>
    </p>
  );
}
