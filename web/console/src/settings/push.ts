/** Web Push on this browser: whether it can, and turning it on and off. */
import type { ConsentNotice, Device } from "../../../wire/wire.ts";
import { consents, devices } from "../operations.ts";

export type Ability = "ready" | "denied" | "unsupported";

export function pushAbility(): Ability {
  const able =
    "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
  if (!able) return "unsupported";
  return Notification.permission === "denied" ? "denied" : "ready";
}

/**
 * The person has read the question and pressed yes. Asks their browser, then its push service, then
 * tells our server what they agreed to; null if the browser said no.
 */
export async function turnOnPush(publicKey: string, read: ConsentNotice): Promise<Device | null> {
  if ((await Notification.requestPermission()) !== "granted") return null;
  const registration = await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  const { endpoint, keys } = subscription.toJSON();
  try {
    return await devices.add({
      endpoint: endpoint ?? "",
      keys: { p256dh: keys?.p256dh ?? "", auth: keys?.auth ?? "" },
      consent: { notice_hash: read.hash, language: read.language },
    });
  } catch (no) {
    await subscription.unsubscribe(); // what our server does not take, the vendor need not keep
    throw no;
  }
}

/** Takes the consent back: every device of theirs is forgotten, and this browser's subscription. */
export async function withdrawPush() {
  await consents.withdraw("wake_up");
  await dropSubscription();
}

export async function turnOffPush(device: Device) {
  await devices.remove(device.id);
  if (device.current) await dropSubscription();
}

async function dropSubscription() {
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}
