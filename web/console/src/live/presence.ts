/** Here or away: by the agent's own word, or after five minutes without a touch in any of the tabs. */
import { effect, signal } from "@preact/signals";
import { me } from "../operations.ts";
import { awayByHand } from "../preferences.ts";
import { connection } from "./connection.ts";

const patience = 5 * 60_000;
const checkEvery = 15_000;
const signs = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

const idle = signal(false);

export function watchPresence(): () => void {
  let last = Date.now();
  const channel = new BroadcastChannel("silkroad-activity");
  const check = () => {
    idle.value = Date.now() - last >= patience;
  };
  const touched = () => {
    const before = last;
    last = Date.now();
    if (last - before > 1_000) channel.postMessage(last);
    check();
  };
  channel.onmessage = (event: MessageEvent<number>) => {
    last = Math.max(last, event.data);
    check();
  };
  for (const sign of signs) addEventListener(sign, touched, { passive: true });
  const timer = setInterval(check, checkEvery);
  const stop = tell();
  return () => {
    stop();
    clearInterval(timer);
    channel.close();
    for (const sign of signs) removeEventListener(sign, touched);
  };
}

/** Says it again after every reconnect: the server may have counted us as gone. */
function tell(): () => void {
  let said = "";
  return effect(() => {
    const presence = idle.value || awayByHand.value === "yes" ? "away" : "online";
    if (connection.value.state !== "online") {
      said = "";
      return;
    }
    if (said === presence) return;
    said = presence;
    void me.presence(presence).catch(() => {
      said = "";
    });
  });
}
