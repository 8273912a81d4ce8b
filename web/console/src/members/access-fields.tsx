/** Role and inboxes: what a member may do and see. */
import { Checkbox, Choice } from "../../../ui/field.tsx";
import type { Role } from "../../../wire/wire.ts";
import { inboxes } from "../store/store.ts";
import { t } from "../words/index.ts";

export interface Access {
  role: Role;
  inbox_ids: string[];
}

export function AccessFields({
  value,
  onValue,
}: {
  value: Access;
  onValue: (access: Access) => void;
}) {
  const open = [...inboxes.value.values()].filter((inbox) => inbox.archived_at === null);
  const toggle = (id: string, on: boolean) => {
    const rest = value.inbox_ids.filter((other) => other !== id);
    onValue({ ...value, inbox_ids: on ? [...rest, id] : rest });
  };
  return (
    <>
      <Choice<Role>
        label={t("members.role")}
        value={value.role}
        onValue={(role) => onValue({ ...value, role })}
        options={[
          { value: "agent", label: t("role.agent") },
          { value: "admin", label: t("role.admin") },
        ]}
      />
      <p class="hint">{t(value.role === "admin" ? "role.admin_hint" : "role.agent_hint")}</p>
      <fieldset class="group-box">
        <legend class="label">{t("members.inboxes")}</legend>
        {open.length === 0 && <p class="hint">{t("members.no_inbox_yet")}</p>}
        {open.map((inbox) => (
          <Checkbox
            key={inbox.id}
            label={inbox.name}
            checked={value.inbox_ids.includes(inbox.id)}
            onChecked={(on) => toggle(inbox.id, on)}
          />
        ))}
      </fieldset>
    </>
  );
}
