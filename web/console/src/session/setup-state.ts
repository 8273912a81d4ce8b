/** What the installation says about itself to people who are not signed in. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { SetupState } from "../../../wire/wire.ts";
import { setup } from "../operations.ts";
import { maybe } from "../words/index.ts";

const state = signal<SetupState | null>(null);

export function useSetupState(): SetupState | null {
  useEffect(() => {
    if (state.peek()) return;
    void setup.read().then(
      (answer) => {
        state.value = answer;
      },
      // The pages work without it; they then learn of missing SMS from the answer to their request.
      () => undefined,
    );
  }, []);
  return state.value;
}

/** Regions have names for those we know; others are shown as the operator wrote them. */
export const regionOptions = (setup: SetupState | null) =>
  (setup?.regions ?? []).map((region) => ({ value: region, label: regionName(region) }));

export const regionName = (region: string) => maybe(`region.${region}`) ?? region.toUpperCase();
