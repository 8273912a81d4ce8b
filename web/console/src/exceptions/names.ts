/** How people, purposes and kinds of data are called where exceptions are shown. */
import type { DataClass, Purpose } from "../../../wire/wire.ts";
import { memberName, visitorName } from "../names.ts";
import { members } from "../store/store.ts";
import { talks } from "../visitors.ts";
import { maybe, t } from "../words/index.ts";

export const purposeName = (purpose: Purpose) => maybe(`purpose.${purpose}`) ?? purpose;
export const dataName = (data: DataClass) => maybe(`data.${data}`) ?? data;

export interface SomePerson {
  id: string;
  name: string;
}

/** Colleagues, and the visitors of the newest conversations. */
export function everybodyKnown(): SomePerson[] {
  return [
    ...[...members.value.values()].map(({ id, name }) => ({ id, name })),
    ...[...talks.value.values()].map(({ visitor }) => ({
      id: visitor.id,
      name: visitorName(visitor),
    })),
  ];
}

export function personName(id: string): string {
  if (id === "") return t("exceptions.everybody"); // and nobody in particular
  if (id.startsWith("mbr_")) return memberName(id);
  return visitorName(talks.value.get(id)?.visitor ?? { id, name: null });
}
