/** Who answers in this inbox. */
import { Checkbox } from "../../../ui/field.tsx";
import { sortedMembers } from "../names.ts";
import { members } from "../store/store.ts";
import { t } from "../words/index.ts";

export function AgentsField({
  value,
  onValue,
}: {
  value: string[];
  onValue: (ids: string[]) => void;
}) {
  const toggle = (id: string, on: boolean) =>
    onValue(on ? [...value, id] : value.filter((other) => other !== id));
  return (
    <div class="check-grid">
      {sortedMembers(members.value.values()).map((member) => (
        <Checkbox
          key={member.id}
          label={member.name}
          hint={t(`role.${member.role}`)}
          checked={value.includes(member.id)}
          onChecked={(on) => toggle(member.id, on)}
        />
      ))}
    </div>
  );
}
