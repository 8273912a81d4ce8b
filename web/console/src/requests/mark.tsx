/** In the rail, while something waits: how many requests there are, and whether one is nearly due. */
import { Icon } from "../../../ui/icon.tsx";
import { settingsPath } from "../router.ts";
import { number, t } from "../words/index.ts";
import { openRequests, waitingRequests } from "./state.ts";
import "./requests.css";

export function RequestsMark() {
  const waiting = waitingRequests.value;
  if (waiting === 0) return null;
  const late = openRequests.value?.some(
    (item) => item.state !== "answered" && (item.warned || item.breached),
  );
  return (
    <a class={late ? "rail-link requests-late" : "rail-link"} href={settingsPath("requests")}>
      <Icon name={late ? "warning" : "question"} />
      <span class="one-line">{t(late ? "requests.mark_late" : "settings.requests")}</span>
      <b>{number(waiting)}</b>
    </a>
  );
}
