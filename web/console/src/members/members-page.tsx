/** Who is in the workspace: presence, roles and inboxes; invitations; leaving. */
import { useState } from "preact/hooks";
import { Avatar } from "../../../ui/avatar.tsx";
import { Tag } from "../../../ui/badge.tsx";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Skeleton } from "../../../ui/states.tsx";
import type { Member } from "../../../wire/wire.ts";
import { listed, shortDate } from "../format.ts";
import { sortedMembers } from "../names.ts";
import { Part } from "../settings/part.tsx";
import { amAdmin, inboxes, me, members } from "../store/store.ts";
import { count, t } from "../words/index.ts";
import { EditMember } from "./edit-member.tsx";
import { Invitations } from "./invitations.tsx";
import { InviteDialog } from "./invite.tsx";
import { Leave } from "./leave.tsx";

export function MembersPage() {
  const [inviting, setInviting] = useState(false);
  const [invited, setInvited] = useState(0);
  const [editing, setEditing] = useState<Member | null>(null);
  const all = sortedMembers(members.value.values());
  return (
    <>
      <Part
        title={t("members.title")}
        hint={count("members.count", all.length)}
        side={
          amAdmin.value && (
            <Button kind="primary" icon="plus" onClick={() => setInviting(true)}>
              {t("members.invite")}
            </Button>
          )
        }
      >
        {all.length === 0 && <Skeleton rows={3} label={t("loading")} />}
        <ul class="plain-list">
          {all.map((member) => (
            <MemberLine key={member.id} member={member} edit={() => setEditing(member)} />
          ))}
        </ul>
      </Part>
      {amAdmin.value && <Invitations key={invited} />}
      <Leave />
      {inviting && (
        <InviteDialog
          onClose={() => {
            setInviting(false);
            setInvited(invited + 1);
          }}
        />
      )}
      {editing && <EditMember member={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

function MemberLine({ member, edit }: { member: Member; edit: () => void }) {
  const mine = member.id === me.value?.member.id;
  return (
    <li>
      <span class="item-name">
        <Avatar id={member.id} name={member.name} presence={member.presence} />
        <span>
          <strong>{member.name}</strong> {mine && <Tag>{t("author.you")}</Tag>}{" "}
          {member.role === "admin" && <Tag tone="accent">{t("role.admin")}</Tag>}
          <span class="hint">
            {t(`presence.${member.presence}`)} · {inboxNames(member)}
            {member.phone && ` · ${member.phone}`} ·{" "}
            {t("since", { date: shortDate(member.joined_at) })}
          </span>
        </span>
      </span>
      {amAdmin.value && (
        <IconButton
          icon="settings"
          label={t("members.edit", { name: member.name })}
          onClick={edit}
        />
      )}
    </li>
  );
}

function inboxNames(member: Member): string {
  if (member.role === "admin") return t("members.all_inboxes");
  const names = member.inbox_ids.flatMap((id) => inboxes.value.get(id)?.name ?? []);
  return names.length > 0 ? listed(names) : t("members.no_inbox");
}
