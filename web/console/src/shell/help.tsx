/** All keyboard shortcuts, from the same list that makes them work. */
import { Dialog } from "../../../ui/dialog.tsx";
import { Checkbox } from "../../../ui/field.tsx";
import { singleKeys } from "../preferences.ts";
import { t } from "../words/index.ts";
import { type ActionGroup, actions, groupName } from "./actions.ts";
import { isApple } from "./rail.tsx";
import { shut } from "./sheets.ts";

const groups: readonly ActionGroup[] = ["conversation", "go", "you"];

export function Help() {
  return (
    <Dialog title={t("help.title")} closeLabel={t("action.dismiss")} onClose={shut} size="medium">
      <Checkbox
        label={t("help.single_keys")}
        hint={t("help.single_keys_hint")}
        checked={singleKeys.value === "on"}
        onChecked={(on) => {
          singleKeys.value = on ? "on" : "off";
        }}
      />
      <div class="help-columns">
        {groups.map((group) => (
          <section key={group}>
            <h3>{groupName(group)}</h3>
            <dl class="help-list">
              {actions
                .filter((action) => action.group === group && action.keys)
                .map((action) => (
                  <Line key={action.label} label={t(action.label)} keys={action.keys ?? ""} />
                ))}
              {group === "conversation" && <WritingKeys />}
              {group === "you" && (
                <Line label={t("palette.title")} keys={isApple() ? "⌘ K" : "Ctrl K"} />
              )}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function WritingKeys() {
  return (
    <>
      <Line label={t("help.open")} keys="Enter" />
      <Line label={t("help.send")} keys="Enter" />
      <Line label={t("help.newline")} keys="Shift Enter" />
      <Line label={t("help.leave_field")} keys="Esc" />
    </>
  );
}

function Line({ label, keys }: { label: string; keys: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {keys.split(" ").map((key) => (
          <kbd key={key} class="key">
            {key}
          </kbd>
        ))}
      </dd>
    </div>
  );
}
