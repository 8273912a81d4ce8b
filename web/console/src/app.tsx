/** Which page stands on the screen. */
import { useEffect } from "preact/hooks";
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

const pause = 5_000;

/** Without a server there is nothing to show; it is asked again until it answers. */
function Starting() {
  const wrong = trouble.value;
  useEffect(() => {
    if (!wrong) return;
    const timer = setInterval(begin, pause);
    return () => clearInterval(timer);
  }, [wrong !== null]);
  if (wrong) {
    return (
      <Trouble
        title={t("start.trouble")}
        detail={explain(wrong)}
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
