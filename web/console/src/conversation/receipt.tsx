/** How far a message of ours has come: on its way, with the server, read; or refused, with another try. */
import { Button } from "../../../ui/button.tsx";
import { Icon } from "../../../ui/icon.tsx";
import type { Conversation } from "../../../wire/wire.ts";
import { connection, resend } from "../live/connection.ts";
import type { Pending } from "../store/state.ts";
import { dispatch } from "../store/store.ts";
import { maybe, t } from "../words/index.ts";
import type { Entry } from "./layout.ts";

export function Receipt({ entry, conversation }: { entry: Entry; conversation: Conversation }) {
  const { pending, message } = entry;
  if (pending?.failed) return null;
  if (pending) {
    const offline = connection.value.state !== "online";
    return (
      <span class="receipt">
        <Icon name="clock" size={13} /> {t(offline ? "receipt.waiting" : "receipt.sending")}
      </span>
    );
  }
  const read = message.seq <= conversation.visitor_read_seq;
  return (
    <span class={read ? "receipt read" : "receipt"}>
      <Icon name={read ? "checkTwice" : "check"} size={14} />
      <span class="receipt-word">{t(read ? "receipt.read" : "receipt.sent")}</span>
    </span>
  );
}

export function Failed({ pending }: { pending: Pending }) {
  if (!pending.failed) return null;
  return (
    <div class="failed-line" role="alert">
      <Icon name="warning" size={15} />
      <span>
        {t("receipt.failed")} {reasonOf(pending.failed)}
      </span>
      <Button size="small" icon="retry" onClick={() => resend(pending)}>
        {t("action.retry")}
      </Button>
      <Button
        size="small"
        kind="quiet"
        onClick={() => dispatch({ t: "dropped", id: pending.client_id })}
      >
        {t("receipt.discard")}
      </Button>
    </div>
  );
}

/** For a wrong message the server's own sentence says more than ours. */
function reasonOf({ code, detail }: NonNullable<Pending["failed"]>): string {
  return code === "invalid" && detail ? detail : (maybe(`error.${code}`) ?? detail);
}
