/** The websites on which the widget may appear; nowhere else. */
import { useState } from "preact/hooks";
import { Button, IconButton } from "../../../ui/button.tsx";
import { TextField } from "../../../ui/field.tsx";
import { t } from "../words/index.ts";
import { originOf } from "./draft.ts";

interface Props {
  value: string[];
  onValue: (origins: string[]) => void;
  error: string | undefined;
}

export function OriginsField({ value, onValue, error }: Props) {
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const add = () => {
    const origin = originOf(typed);
    setWrong(!origin);
    if (!origin) return;
    if (!value.includes(origin)) onValue([...value, origin]);
    setTyped("");
  };
  return (
    <>
      {value.length > 0 && (
        <ul class="chips">
          {value.map((origin) => (
            <li key={origin}>
              <code>{origin}</code>
              <IconButton
                icon="close"
                label={t("inbox.remove_origin", { origin })}
                onClick={() => onValue(value.filter((other) => other !== origin))}
              />
            </li>
          ))}
        </ul>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter adds the address instead of sending the form around it */}
      <div
        class="inline-form"
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !typed) return;
          event.preventDefault();
          add();
        }}
      >
        <TextField
          label={t("inbox.origin")}
          inputMode="url"
          placeholder="https://shop.example"
          value={typed}
          onValue={(text) => {
            setTyped(text);
            setWrong(false);
          }}
          error={wrong ? t("inbox.origin_wrong") : error}
        />
        <Button icon="plus" disabled={!typed.trim()} onClick={add}>
          {t("action.add")}
        </Button>
      </div>
    </>
  );
}
