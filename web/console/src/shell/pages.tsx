/** The pages whose code is fetched when they are first opened. */
import { lazy } from "../../../ui/lazy.tsx";
import { Skeleton } from "../../../ui/states.tsx";
import { t } from "../words/index.ts";

const waiting = () => (
  <main id="main" class="pane-waiting">
    <Skeleton rows={4} kind="lines" label={t("loading")} />
  </main>
);

export const SettingsPage = lazy(
  async () => (await import("../settings/settings.tsx")).Settings,
  waiting,
);
export const SignInPage = lazy(
  async () => (await import("../session/sign-in.tsx")).SignInPage,
  waiting,
);
export const SignUpPage = lazy(
  async () => (await import("../session/sign-up.tsx")).SignUpPage,
  waiting,
);
export const JoinPage = lazy(async () => (await import("../session/join.tsx")).JoinPage, waiting);
export const SetUpPage = lazy(
  async () => (await import("../session/set-up.tsx")).SetUpPage,
  waiting,
);
export const OperatorPage = lazy(
  async () => (await import("../session/operator.tsx")).OperatorPage,
  waiting,
);
