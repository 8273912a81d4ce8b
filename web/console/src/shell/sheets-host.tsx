/** Draws the dialog that is open. */
import { useEffect, useRef } from "preact/hooks";
import { useModal } from "../../../ui/dialog.tsx";
import { AssignPicker, HandOver } from "../conversation/assign.tsx";
import { SnoozePicker, SnoozeUntil } from "../conversation/snooze.tsx";
import { route } from "../router.ts";
import { t } from "../words/index.ts";
import { CommandPalette } from "./command-palette.tsx";
import { Help } from "./help.tsx";
import { Rail } from "./rail.tsx";
import { sheet, shut } from "./sheets.ts";

export function Sheets() {
  const now = sheet.value;
  const page = route.value;
  useEffect(() => {
    if (sheet.peek()?.kind === "menu") shut();
  }, [page]);
  switch (now?.kind) {
    case "palette":
      return <CommandPalette />;
    case "help":
      return <Help />;
    case "menu":
      return <Drawer />;
    case "assign":
      return <AssignPicker id={now.conversation} />;
    case "hand_over":
      return <HandOver id={now.conversation} />;
    case "snooze":
      return <SnoozePicker id={now.conversation} />;
    case "snooze_until":
      return <SnoozeUntil id={now.conversation} />;
    case undefined:
      return null;
  }
}

/** The rail as a drawer, where the window is too narrow to show it all the time. */
function Drawer() {
  const box = useRef<HTMLDialogElement>(null);
  useModal(box);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click only closes on the backdrop; Escape does the same by keyboard
    <dialog
      ref={box}
      class="drawer"
      aria-label={t("shell.menu")}
      onCancel={(event) => {
        event.preventDefault();
        shut();
      }}
      onClick={(event) => event.target === box.current && shut()}
    >
      <Rail />
    </dialog>
  );
}
