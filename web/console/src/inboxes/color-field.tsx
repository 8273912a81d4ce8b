/** A colour for the inbox: a few that read well, or any other. */
import { Icon } from "../../../ui/icon.tsx";
import { t } from "../words/index.ts";
import { colors } from "./draft.ts";

export function ColorField({
  value,
  onValue,
}: {
  value: string;
  onValue: (color: string) => void;
}) {
  const own = !colors.includes(value);
  return (
    <fieldset class="group-box">
      <legend class="label">{t("inbox.color")}</legend>
      <div class="swatches">
        {colors.map((color) => (
          <label key={color} class="swatch" style={{ "--inbox": color }}>
            <input
              type="radio"
              name="color"
              checked={color === value}
              onChange={() => onValue(color)}
              aria-label={color}
            />
            {color === value && <Icon name="check" size={16} />}
          </label>
        ))}
        <label class={own ? "swatch other chosen" : "swatch other"} style={{ "--inbox": value }}>
          <input
            type="color"
            value={value}
            onInput={(event) => onValue(event.currentTarget.value)}
            aria-label={t("inbox.other_color")}
          />
          <Icon name={own ? "check" : "plus"} size={16} />
        </label>
      </div>
    </fieldset>
  );
}
