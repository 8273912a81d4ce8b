/** Who answers: a quick picker, and the hand-over that takes a note along. */
import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Select, TextArea } from "../../../ui/field.tsx";
import { type Command, Palette } from "../../../ui/palette.tsx";
import type { Member } from "../../../wire/wire.ts";
import { sortedMembers } from "../names.ts";
import { submitting } from "../session/form.ts";
import { open, shut } from "../shell/sheets.ts";
import { conversations, me, members } from "../store/store.ts";
import { t } from "../words/index.ts";
import { assign } from "./verbs.ts";

export function AssignPicker({ id }: { id: string }) {
  const conversation = conversations.value.get(id);
  const mine = me.value?.member.id ?? "";
  const group = t("assign.to");
  const commands: Command[] = candidates(id)
    .filter((member) => member.id !== conversation?.assignee_id)
    .map((member) => ({
      id: member.id,
      group,
      label: member.id === mine ? t("assign.me", { name: member.name }) : member.name,
      detail: t(`presence.${member.presence}`),
      icon: "person",
      run: () => void assign(id, member.id),
    }));
  if (conversation?.assignee_id) {
    commands.push({
      id: "nobody",
      group,
      label: t("assign.nobody"),
      icon: "question",
      run: () => void assign(id, null),
    });
  }
  commands.push({
    id: "hand over",
    group: t("assign.more"),
    label: t("action.hand_over"),
    icon: "handover",
    keys: "h",
    run: () => open({ kind: "hand_over", conversation: id }),
  });
  return (
    <Palette
      title={t("action.assign")}
      placeholder={t("assign.placeholder")}
      nothing={t("palette.nothing")}
      commands={commands}
      onClose={shut}
    />
  );
}

/** Those who can see the conversation's inbox; I come first. */
function candidates(id: string): Member[] {
  const inbox = conversations.value.get(id)?.inbox_id ?? "";
  const mine = me.value?.member.id;
  const able = sortedMembers(members.value.values()).filter(
    (member) => member.role === "admin" || member.inbox_ids.includes(inbox),
  );
  return [
    ...able.filter((member) => member.id === mine),
    ...able.filter((member) => member.id !== mine),
  ];
}

export function HandOver({ id }: { id: string }) {
  const others = candidates(id).filter((member) => member.id !== me.value?.member.id);
  const [to, setTo] = useState(others[0]?.id ?? "");
  const [note, setNote] = useState("");
  const hand = () => {
    if (!to) return;
    shut();
    void assign(id, to, note.trim());
  };
  return (
    <Dialog
      title={t("action.hand_over")}
      closeLabel={t("action.dismiss")}
      onClose={shut}
      actions={
        <>
          <Button onClick={shut}>{t("action.cancel")}</Button>
          <Button kind="primary" type="submit" form="hand-over" disabled={!to}>
            {t("action.hand_over")}
          </Button>
        </>
      }
    >
      <form id="hand-over" class="form" onSubmit={submitting(hand)}>
        {others.length > 0 ? (
          <Select
            label={t("assign.to")}
            value={to}
            onValue={setTo}
            options={others.map((member) => ({
              value: member.id,
              label: `${member.name} · ${t(`presence.${member.presence}`)}`,
            }))}
          />
        ) : (
          <p>{t("assign.alone")}</p>
        )}
        <TextArea
          label={t("assign.note")}
          hint={t("assign.note_hint")}
          maxLength={4000}
          value={note}
          onValue={setNote}
        />
      </form>
    </Dialog>
  );
}
