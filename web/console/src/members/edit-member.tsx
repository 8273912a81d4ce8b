/** A member's role and inboxes, and removing them; the last administrator stays (clause D.2). */
import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Notice } from "../../../ui/states.tsx";
import { toast } from "../../../ui/toast.tsx";
import type { Member } from "../../../wire/wire.ts";
import { members } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { submitting, useAttempt } from "../session/form.ts";
import { loadPeople } from "../store/load.ts";
import { me } from "../store/store.ts";
import { t } from "../words/index.ts";
import { type Access, AccessFields } from "./access-fields.tsx";

export function EditMember({ member, onClose }: { member: Member; onClose: () => void }) {
  const [access, setAccess] = useState<Access>({ role: member.role, inbox_ids: member.inbox_ids });
  const [removing, setRemoving] = useState(false);
  const attempt = useAttempt();
  const end = async (action: () => Promise<unknown>, said: string) => {
    if (!(await attempt.run(action))) return;
    toast(said);
    void loadPeople();
    onClose();
  };
  const save = () => end(() => members.update(member.id, access), t("saved"));
  const remove = () =>
    end(() => members.remove(member.id), t("members.removed", { name: member.name }));
  if (removing) {
    return (
      <Dialog
        title={t("members.remove", { name: member.name })}
        closeLabel={t("action.dismiss")}
        onClose={onClose}
        actions={
          <>
            <Button onClick={() => setRemoving(false)}>{t("action.cancel")}</Button>
            <Button kind="danger" busy={attempt.busy} onClick={remove}>
              {t("members.remove", { name: member.name })}
            </Button>
          </>
        }
      >
        <Notice tone="warn">{t("members.remove_hint", { name: member.name })}</Notice>
        <ProblemNotice error={attempt.error} />
      </Dialog>
    );
  }
  return (
    <Dialog
      title={member.name}
      closeLabel={t("action.dismiss")}
      onClose={onClose}
      actions={
        <>
          {member.id !== me.value?.member.id && (
            <Button kind="danger" onClick={() => setRemoving(true)}>
              {t("members.remove_short")}
            </Button>
          )}
          <Button kind="primary" type="submit" form="member" busy={attempt.busy}>
            {t("action.save")}
          </Button>
        </>
      }
    >
      <form id="member" class="form" onSubmit={submitting(save)}>
        <AccessFields value={access} onValue={setAccess} />
        <ProblemNotice error={attempt.error} />
      </form>
    </Dialog>
  );
}
