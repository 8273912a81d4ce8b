// The offer to be told when the answer comes, made once, after the first message.

import { Icon } from "./icon.tsx";
import { say, set } from "./state.ts";
import { ask, offered } from "./wake.ts";

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
