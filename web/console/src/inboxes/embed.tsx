/** The line of HTML that puts the bubble on a website. */
import { CopyBox } from "../../../ui/copy.tsx";
import { Notice } from "../../../ui/states.tsx";
import type { Inbox } from "../../../wire/wire.ts";
import { inboxes } from "../operations.ts";
import { Showing, useLoaded } from "../settings/loading.tsx";
import { Part } from "../settings/part.tsx";
import { t } from "../words/index.ts";

export function Embed({ inbox }: { inbox: Inbox }) {
  const snippet = useLoaded(() => inboxes.snippet(inbox.id));
  return (
    <Part title={t("embed.title")} hint={t("embed.hint")}>
      <Showing loaded={snippet} rows={1}>
        {({ html }) => (
          <CopyBox
            label={t("embed.title")}
            text={html}
            copy={t("action.copy")}
            copied={t("copied")}
            multiline
          />
        )}
      </Showing>
      {inbox.allowed_origins.length === 0 && <Notice tone="warn">{t("embed.no_origin")}</Notice>}
    </Part>
  );
}
