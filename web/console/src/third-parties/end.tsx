/** What ending a third party means, before it is done: nobody is reached through it any more. */
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Notice } from "../../../ui/states.tsx";
import type { ThirdParty } from "../../../wire/wire.ts";
import { t } from "../words/index.ts";

export function EndDialog(props: { party: ThirdParty; onClose: () => void; end: () => void }) {
  const name = props.party.product;
  return (
    <Dialog
      title={t("third_parties.end_title", { name })}
      closeLabel={t("action.dismiss")}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{t("action.cancel")}</Button>
          <Button kind="danger" onClick={props.end}>
            {t("third_parties.end")}
          </Button>
        </>
      }
    >
      <Notice tone="warn">{t("third_parties.end_hint")}</Notice>
    </Dialog>
  );
}
