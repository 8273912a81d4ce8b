/** Passkeys: the browser's dialog between the server's two answers. Its code is fetched when used. */
import type { Me, Passkey } from "../../../wire/wire.ts";
import { account, security } from "../operations.ts";

type Library = typeof import("@simplewebauthn/browser");
type Requesting = Parameters<Library["startAuthentication"]>[0]["optionsJSON"];
type Creating = Parameters<Library["startRegistration"]>[0]["optionsJSON"];

export type Ability = "ready" | "unsupported" | "needs_name";

/** A passkey belongs to a name; browsers refuse it for an address of numbers such as 127.0.0.1. */
export function passkeyAbility(): Ability {
  if (!("PublicKeyCredential" in globalThis)) return "unsupported";
  return /^[\d.]+$|:/.test(location.hostname) ? "needs_name" : "ready";
}

export async function signInByPasskey(): Promise<Me> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  const { challenge_id, options } = await account.passkeyOptions();
  const credential = await startAuthentication({ optionsJSON: options as Requesting });
  return account.signInByPasskey({ challenge_id, credential });
}

export async function createPasskey(name: string): Promise<Passkey> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  const { challenge_id, options } = await security.passkeyOptions();
  const credential = await startRegistration({ optionsJSON: options as Creating });
  return security.addPasskey({ challenge_id, credential, name });
}

/** The person closed the browser's dialog; nothing went wrong. */
export function wasCancelled(error: unknown): boolean {
  return error instanceof Error && ["NotAllowedError", "AbortError"].includes(error.name);
}
