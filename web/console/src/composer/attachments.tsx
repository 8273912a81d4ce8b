/** The files of a draft: a picture or a name, how far the upload is, and what went wrong. */
import { IconButton } from "../../../ui/button.tsx";
import { classes } from "../../../ui/classes.ts";
import { Icon } from "../../../ui/icon.tsx";
import { size } from "../format.ts";
import { explain } from "../problem.tsx";
import { t } from "../words/index.ts";
import { detach } from "./attach.ts";
import type { Attachment } from "./drafts.ts";
import type { Mode } from "./focus.ts";

interface Props {
  conversation: string;
  mode: Mode;
  items: readonly Attachment[];
}

export function Attachments({ conversation, mode, items }: Props) {
  if (items.length === 0) return null;
  return (
    <ul class="attachments">
      {items.map((item) => (
        <li key={item.key} class={classes("attachment", item.error && "failed")}>
          {item.preview ? <img src={item.preview} alt="" /> : <Icon name="file" />}
          <span class="attachment-text">
            <span class="one-line">{item.name}</span>
            <small>{item.error ? explain(item.error) : size(item.bytes)}</small>
            {!item.file && !item.error && (
              <progress
                value={item.progress}
                aria-label={t("composer.uploading", { name: item.name })}
              />
            )}
          </span>
          <IconButton
            icon="close"
            label={t("composer.remove", { name: item.name })}
            onClick={() => detach(conversation, mode, item)}
          />
        </li>
      ))}
    </ul>
  );
}
