/** A pasted list of people: one in each line, a name and a phone number, however they are separated. */
import { tidyPhone } from "../session/form.ts";

export interface Invitee {
  name: string;
  phone: string;
}

const phone = /\+?[\d][\d\s().-]{5,}$/;
const edges = /^[\s,，;:|"]+|[\s,，;:|"]+$/g;

/** Null for a line that holds no name or no number; empty lines are left out. */
export function peopleIn(text: string): (Invitee | null)[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const bare = line.replace(edges, "");
      const found = phone.exec(bare);
      const name = bare.slice(0, found?.index).replace(edges, "");
      return found && name ? { name, phone: tidyPhone(found[0]) } : null;
    });
}
