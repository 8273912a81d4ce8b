/** One attempt at a time: whether it runs, and what was wrong with the last one. */
import { useState } from "preact/hooks";
import type { ApiError } from "../api.ts";
import { asApiError } from "../store/work.ts";

export interface Attempt {
  busy: boolean;
  error: ApiError | null;
  /** True when it went through. */
  run: (action: () => Promise<unknown>) => Promise<boolean>;
  clear: () => void;
}

export function useAttempt(): Attempt {
  const [state, setState] = useState<{ busy: boolean; error: ApiError | null }>({
    busy: false,
    error: null,
  });
  const run = async (action: () => Promise<unknown>) => {
    setState({ busy: true, error: null });
    try {
      await action();
      setState({ busy: false, error: null });
      return true;
    } catch (error) {
      setState({ busy: false, error: asApiError(error) });
      return false;
    }
  };
  return { ...state, run, clear: () => setState({ busy: false, error: null }) };
}

/** For onSubmit: the page stays, the action runs. */
export function submitting(action: () => unknown) {
  return (event: Event) => {
    event.preventDefault();
    action();
  };
}

/** "+383 (0) 44-123 456" and "00383…" as the server wants them: +, then digits. */
export function tidyPhone(typed: string): string {
  const bare = typed.replace(/\(0\)/g, "").replace(/[^\d+]/g, "");
  return bare.startsWith("00") ? `+${bare.slice(2)}` : bare;
}
