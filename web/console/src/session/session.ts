/** Who is signed in: coming in, going out, and finding the way back to where one was. */
import { signal } from "@preact/signals";
import type { Me } from "../../../wire/wire.ts";
import { type ApiError, whenSignedOut } from "../api.ts";
import { forgetDrafts } from "../composer/drafts.ts";
import { connect, disconnect } from "../live/connection.ts";
import { watchPresence } from "../live/presence.ts";
import { account, me } from "../operations.ts";
import { spoken } from "../preferences.ts";
import { loadRequests } from "../requests/state.ts";
import { go, route } from "../router.ts";
import { showBadge } from "../shell/badge.ts";
import { loadPeople } from "../store/load.ts";
import { dispatch } from "../store/store.ts";
import { asApiError } from "../store/work.ts";
import { speak } from "../words/index.ts";

const open = ["sign-in", "sign-up", "setup", "join", "operator"];
const stops: (() => void)[] = [];
let wayBack = "/";

/** Why the console cannot start, when the reason is not simply being signed out. */
export const trouble = signal<ApiError | null>(null);

export const isOpenPage = () => open.includes(route.value.page);

export async function begin() {
  whenSignedOut(signedOut);
  if (isOpenPage()) return;
  try {
    await enter(await me.read(), null);
    trouble.value = null;
  } catch (error) {
    const problem = asApiError(error);
    if (problem.code === "setup_required") go("/setup", { replace: true });
    else if (problem.code !== "signed_out") trouble.value = problem;
  }
}

/** A session or a membership ended: find out who one still is. Being nobody leads to the sign-in page. */
function lookAgain() {
  // Without a network the banner offers to reload.
  me.read().then(
    (who) => enter(who, null),
    () => undefined,
  );
}

/** Starts the console for this person; `to` is where to go, null to stay. */
export async function enter(who: Me, to: string | null = wayBack) {
  stop();
  dispatch({ t: "me", me: who });
  await speak(spoken.value || who.language);
  void loadPeople();
  void loadRequests();
  connect({ openConversation, revoked: lookAgain });
  stops.push(watchPresence(), showBadge(), disconnect);
  if (to !== null) go(to, { replace: true });
  wayBack = "/";
}

export const openConversation = () => {
  const now = route.peek();
  return now.page === "conversation" ? now.id : null;
};

/** Changes of my own account that the server answered with the new picture. */
export const update = (who: Me) => dispatch({ t: "me", me: who });

export async function signOut() {
  await account.signOut();
  leave();
}

export function leave() {
  stop();
  forgetDrafts();
  dispatch({ t: "me", me: null });
  go("/sign-in");
}

function signedOut() {
  if (isOpenPage()) return;
  wayBack = location.pathname + location.search;
  leave();
}

function stop() {
  for (const end of stops.splice(0)) end();
}
