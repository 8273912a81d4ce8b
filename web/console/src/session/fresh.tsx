/** Changes to how one signs in need a fresh proof: asks for it, then does what was asked. */
import { signal } from "@preact/signals";
import { Dialog } from "../../../ui/dialog.tsx";
import { ApiError } from "../api.ts";
import { me } from "../store/store.ts";
import { t } from "../words/index.ts";
import { update } from "./session.ts";
import { useSetupState } from "./setup-state.ts";
import { SignInWays } from "./sign-in.tsx";

interface Question {
  proved: () => void;
  gaveUp: (reason: ApiError) => void;
  reason: ApiError;
}

const question = signal<Question | null>(null);

/** Runs the action; if the server wants a fresh sign-in first, asks for one and runs it again. */
export async function withFreshProof<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "fresh_sign_in_required") throw error;
    await ask(error);
    return action();
  }
}

function ask(reason: ApiError): Promise<void> {
  return new Promise((resolve, reject) => {
    question.value = { proved: resolve, gaveUp: reject, reason };
  });
}

/** Lives once on the settings page. */
export function FreshProof() {
  const setup = useSetupState();
  const now = question.value;
  const phone = me.value?.account.phone;
  if (!now || !phone) return null;
  const end = (proved: boolean) => {
    question.value = null;
    if (proved) now.proved();
    else now.gaveUp(now.reason);
  };
  return (
    <Dialog title={t("fresh.title")} closeLabel={t("action.cancel")} onClose={() => end(false)}>
      <p class="hint">{t("fresh.why")}</p>
      <SignInWays
        sms={setup?.sms}
        phone={phone}
        done={(who) => {
          update(who);
          end(true);
        }}
      />
    </Dialog>
  );
}
