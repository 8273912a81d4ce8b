/** A list that a settings page shows: loaded when opened, reloaded after a change. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Skeleton, Trouble } from "../../../ui/states.tsx";
import type { ApiError } from "../api.ts";
import { explain } from "../problem.tsx";
import { asApiError } from "../store/work.ts";
import { t } from "../words/index.ts";

export interface Loaded<T> {
  value: T | null;
  error: ApiError | null;
  reload: () => Promise<void>;
}

export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [value, setValue] = useState<T | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const reload = async () => {
    try {
      setValue(await load());
      setError(null);
    } catch (reason) {
      setError(asApiError(reason));
    }
  };
  useEffect(() => void reload(), []);
  return { value, error, reload };
}

export function Showing<T>({
  loaded,
  rows = 2,
  children,
}: {
  loaded: Loaded<T>;
  rows?: number;
  children: (value: T) => ComponentChildren;
}) {
  if (loaded.value !== null) return <>{children(loaded.value)}</>;
  if (!loaded.error) return <Skeleton rows={rows} kind="lines" label={t("loading")} />;
  return (
    <Trouble
      title={t("settings.trouble")}
      detail={explain(loaded.error)}
      retry={t("action.retry")}
      onRetry={loaded.reload}
    />
  );
}
