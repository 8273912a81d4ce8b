/** How people, purposes and kinds of data are called where exceptions are shown. */
import { signal } from "@preact/signals";
import type { DataClass, Purpose, Visitor } from "../../../wire/wire.ts";
import { memberName, visitorName } from "../names.ts";
import { conversations } from "../operations.ts";
import { members } from "../store/store.ts";
import { maybe, t } from "../words/index.ts";

export const purposeName = (purpose: Purpose) => maybe(`purpose.${purpose}`) ?? purpose;
export const dataName = (data: DataClass) => maybe(`data.${data}`) ?? data;

export interface SomePerson {
  id: string;
  name: string;
}

const visitors = signal<ReadonlyMap<string, Visitor>>(new Map());

/** Learns the visitors of the newest conversations. */
export async function learnVisitors(): Promise<void> {
  const { items } = await conversations.list({ limit: 100 });
  visitors.value = new Map(items.map(({ visitor }) => [visitor.id, visitor]));
}

/** Colleagues, and the visitors of the newest conversations. */
export function everybodyKnown(): SomePerson[] {
  return [
    ...[...members.value.values()].map(({ id, name }) => ({ id, name })),
    ...[...visitors.value.values()].map(({ id, name }) => ({
      id,
      name: visitorName({ id, name }),
    })),
  ];
}

export function personName(id: string): string {
  if (id === "") return t("exceptions.everybody"); // and nobody in particular
  if (id.startsWith("mbr_")) return memberName(id);
  return visitorName(visitors.value.get(id) ?? { id, name: null });
}
