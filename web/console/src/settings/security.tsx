/** How one signs in, and where one is signed in now. */
import { PasskeysPart } from "./passkeys.tsx";
import { PasswordPart } from "./password.tsx";
import { SessionsPart } from "./sessions.tsx";
import { TotpPart } from "./totp.tsx";

export function SecurityPage() {
  return (
    <>
      <PasskeysPart />
      <PasswordPart />
      <TotpPart />
      <SessionsPart />
    </>
  );
}
