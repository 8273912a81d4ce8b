/** The first lines that run: the secret of a link is taken out of the address before anything else. */
import { render } from "preact";
import "../../ui/tokens.css";
import "../../ui/base.css";
import { App } from "./app.tsx";
import { startClock } from "./now.ts";
import { applyTheme, spoken } from "./preferences.ts";
import { startRouter } from "./router.ts";
import { begin } from "./session/session.ts";
import { keepToken } from "./session/token.ts";
import { preferred, speak } from "./words/index.ts";
import { registerWorker } from "./worker-registration.ts";

keepToken();
applyTheme();
startRouter();
startClock();
const root = document.getElementById("app");
void speak(spoken.value || preferred(navigator.languages)).finally(() => {
  if (root) render(<App />, root);
  void begin();
});
registerWorker();
