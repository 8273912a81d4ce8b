/** Which page stands on the screen. */
import { Mark } from "../../ui/brand/mark.tsx";
import { Trouble } from "../../ui/states.tsx";
import { explain } from "./problem.tsx";
import { route } from "./router.ts";
import { begin, trouble } from "./session/session.ts";
import { Console } from "./shell/console.tsx";
import { JoinPage, OperatorPage, SetUpPage, SignInPage, SignUpPage } from "./shell/pages.tsx";
import { me } from "./store/store.ts";
import { t } from "./words/index.ts";

export function App() {
  switch (route.value.page) {
    case "sign-in":
      return <SignInPage />;
    case "sign-up":
      return <SignUpPage />;
    case "join":
      return <JoinPage />;
    case "setup":
      return <SetUpPage />;
    case "operator":
      return <OperatorPage />;
    case "nowhere":
      return (
        <main class="starting">
          <div>
            <h1>{t("nowhere.title")}</h1>
            <a href="/">{t("nowhere.back")}</a>
          </div>
        </main>
      );
    default:
      return me.value ? <Console /> : <Starting />;
  }
}

function Starting() {
  if (trouble.value) {
    return (
      <Trouble
        title={t("start.trouble")}
        detail={explain(trouble.value)}
        retry={t("action.retry")}
        onRetry={begin}
      />
    );
  }
  return (
    <div class="starting" role="status">
      <Mark size={44} />
      <span class="for-screen-readers">{t("loading")}</span>
    </div>
  );
}
