/** The agents' desk: rail, list and conversation side by side, or one at a time on a phone. */
import { useEffect } from "preact/hooks";
import { Toasts } from "../../../ui/toast.tsx";
import { Told } from "../campaigns/told.tsx";
import { ConversationPane } from "../conversation/pane.tsx";
import { cursor } from "../conversations/cursor.ts";
import { ListPane } from "../conversations/list-pane.tsx";
import { announcement } from "../live/announce.ts";
import { route } from "../router.ts";
import { currentList } from "../store/store.ts";
import { ChangedBanner } from "../third-parties/changed.tsx";
import { t } from "../words/index.ts";
import { Banner } from "./banner.tsx";
import { SettingsPage } from "./pages.tsx";
import { Rail } from "./rail.tsx";
import { Sheets } from "./sheets-host.tsx";
import "./shell.css";
import { listenToKeys } from "./shortcuts.ts";

export function Console() {
  const page = route.value;
  useEffect(listenToKeys, []);
  useEffect(() => {
    if (page.page === "list") currentList.value = { filter: page.filter, inbox: page.inbox };
  }, [page]);
  useEffect(keepFocus, [page]);
  const deep =
    page.page === "conversation" ||
    (page.page === "settings" && location.pathname.split("/").length > 2);
  return (
    <div class="console" data-depth={deep ? "2" : "1"}>
      <button type="button" class="skip-link" onClick={skip}>
        {t("shell.skip")}
      </button>
      <Banner />
      <Told />
      <ChangedBanner />
      <div class="panes">
        <Rail />
        {page.page === "settings" ? (
          <SettingsPage />
        ) : (
          <>
            <ListPane />
            <main id="main" class="pane-main" tabIndex={-1}>
              <ConversationPane />
            </main>
          </>
        )}
      </div>
      <Sheets />
      <Toasts closeLabel={t("action.dismiss")} />
      <p class="for-screen-readers" aria-live="polite">
        {announcement.value}
      </p>
    </div>
  );
}

function skip() {
  document.getElementById("main")?.focus();
}

/** On a phone the pane with the focus disappears when another one opens; the focus goes along. */
function keepFocus() {
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return;
    const at = cursor.peek();
    if (route.peek().page === "list" && at) cursor.value = { ...at, focus: true };
    else document.getElementById("main")?.focus();
  });
}
