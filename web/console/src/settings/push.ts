/** Web Push on this browser: whether it can, and turning it on and off. */
import type { Device } from "../../../wire/wire.ts";
import { devices } from "../operations.ts";

export type Ability = "ready" | "denied" | "unsupported";

export function pushAbility(): Ability {
  const able =
    "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
  if (!able) return "unsupported";
  return Notification.permission === "denied" ? "denied" : "ready";
}

/** Asks the person, then the browser's push service, then tells our server; null if the person said no. */
export async function turnOnPush(publicKey: string): Promise<Device | null> {
  if ((await Notification.requestPermission()) !== "granted") return null;
  const registration = await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  const { endpoint, keys } = subscription.toJSON();
  return devices.add({
    endpoint: endpoint ?? "",
    keys: { p256dh: keys?.p256dh ?? "", auth: keys?.auth ?? "" },
  });
}

export async function turnOffPush(device: Device) {
  await devices.remove(device.id);
  if (!device.current) return;
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}
