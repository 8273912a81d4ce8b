/** Out of sight until a time: a few usual ones, or any date. */
import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { TextField } from "../../../ui/field.tsx";
import { type Command, Palette } from "../../../ui/palette.tsx";
import { moment } from "../format.ts";
import { submitting } from "../session/form.ts";
import { open, shut } from "../shell/sheets.ts";
import { type TextKey, t } from "../words/index.ts";
import { snooze } from "./verbs.ts";

interface Preset {
  label: TextKey;
  at: (now: Date) => Date;
}

const morning = 9;
const evening = 18;

export const presets: readonly Preset[] = [
  { label: "snooze.hour", at: (now) => new Date(now.getTime() + 3_600_000) },
  { label: "snooze.evening", at: (now) => dayAt(now, 0, evening) },
  { label: "snooze.tomorrow", at: (now) => dayAt(now, 1, morning) },
  { label: "snooze.monday", at: (now) => dayAt(now, (8 - now.getDay()) % 7 || 7, morning) },
  {
    label: "snooze.month",
    at: (now) => new Date(now.getFullYear(), now.getMonth() + 1, 1, morning),
  },
];

function dayAt(now: Date, days: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
}

export function SnoozePicker({ id }: { id: string }) {
  const now = new Date();
  const group = t("snooze.until");
  const commands: Command[] = presets
    .map((preset) => ({ preset, at: preset.at(now).getTime() }))
    // On Sundays, tomorrow and next Monday are the same.
    .filter(
      ({ at }, index, all) =>
        at > now.getTime() && all.findIndex((other) => other.at === at) === index,
    )
    .map(({ preset, at }) => ({
      id: preset.label,
      group,
      label: t(preset.label),
      detail: moment(at),
      icon: "snooze",
      run: () => void snooze(id, at),
    }));
  commands.push({
    id: "other",
    group,
    label: t("snooze.other"),
    icon: "clock",
    run: () => open({ kind: "snooze_until", conversation: id }),
  });
  return (
    <Palette
      title={t("action.snooze")}
      placeholder={t("snooze.placeholder")}
      nothing={t("palette.nothing")}
      commands={commands}
      onClose={shut}
    />
  );
}

export function SnoozeUntil({ id }: { id: string }) {
  const [time, setTime] = useState(() => localInput(dayAt(new Date(), 1, morning)));
  const at = new Date(time).getTime();
  const valid = at > Date.now();
  const confirm = () => {
    if (!valid) return;
    shut();
    void snooze(id, at);
  };
  return (
    <Dialog
      title={t("action.snooze")}
      closeLabel={t("action.dismiss")}
      onClose={shut}
      actions={
        <>
          <Button onClick={shut}>{t("action.cancel")}</Button>
          <Button kind="primary" type="submit" form="snooze-until" disabled={!valid}>
            {t("action.snooze")}
          </Button>
        </>
      }
    >
      <form id="snooze-until" onSubmit={submitting(confirm)}>
        <TextField
          label={t("snooze.until")}
          type="datetime-local"
          min={localInput(new Date())}
          value={time}
          onValue={setTime}
          error={valid ? undefined : t("snooze.past")}
        />
      </form>
    </Dialog>
  );
}

/** "2026-05-04T09:00" in the agent's own time zone, as the field wants it. */
function localInput(date: Date): string {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
