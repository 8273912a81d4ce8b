/** What the member has agreed to, read again whenever one of their answers changes anywhere. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ConsentItem, ConsentPurpose } from "../../../wire/wire.ts";
import { consents } from "../operations.ts";
import { language } from "../words/index.ts";
import { useLoaded } from "./loading.tsx";

/** How often the server has told of a change. */
export const consentsChanged = signal(0);

export function useConsents() {
  const loaded = useLoaded(() => consents.list(language.value));
  const seen = `${consentsChanged.value} ${language.value}`;
  useEffect(() => void loaded.reload(), [seen]);
  return loaded;
}

export function useQuestion(purpose: ConsentPurpose): ConsentItem | null {
  const { value } = useConsents();
  return value?.items.find((item) => item.purpose === purpose) ?? null;
}
