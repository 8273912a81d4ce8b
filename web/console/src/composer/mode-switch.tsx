/** Answer or note; the choice colours the whole composer, so that a note is never sent by mistake. */
import { Icon } from "../../../ui/icon.tsx";
import { t } from "../words/index.ts";
import { focusComposer, mode } from "./focus.ts";

export function ModeSwitch() {
  return (
    <div class="mode-switch" role="radiogroup" aria-label={t("composer.mode")}>
      {(["reply", "note"] as const).map((kind) => (
        // biome-ignore lint/a11y/useSemanticElements: buttons, because choosing one moves the focus into the field
        <button
          key={kind}
          type="button"
          role="radio"
          aria-checked={mode.value === kind}
          onClick={() => focusComposer(kind)}
        >
          <Icon name={kind} size={15} />
          {t(`composer.${kind}`)}
        </button>
      ))}
    </div>
  );
}
