/** The privacy policy before anything is typed in, and which version of it was there (clause P.2). */
import { useEffect, useState } from "preact/hooks";
import type { PolicyQuery, PolicyVersion } from "../../../wire/wire.ts";
import { policy } from "../operations.ts";
import { language, t } from "../words/index.ts";

/**
 * The policy as it is now, in the language of the page, with what it is in short for a `reader`;
 * without it the server asks for it. It is read again when what it is `about` changes.
 */
export function usePolicy(about?: unknown, reader?: PolicyQuery["reader"]): PolicyVersion | null {
  const [version, setVersion] = useState<PolicyVersion | null>(null);
  const wanted = language.value;
  useEffect(() => {
    const read = () => void policy.read(wanted, reader).then(setVersion, () => undefined);
    read();
    addEventListener("focus", read); // back from reading it: that very version counts
    return () => removeEventListener("focus", read);
  }, [wanted, about, reader]);
  return version;
}

/** Stands above the fields: in short what is kept and why, and where all of it is read. */
export function PolicyLine({ policy: version }: { policy: PolicyVersion | null }) {
  const address = version?.url ?? `/privacy?language=${language.value}`;
  return (
    <section class="session-short hint">
      {version && (
        <dl lang={version.language} tabIndex={0} aria-label={t("privacy.short")}>
          {version.short.map(({ name, text }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      <p>
        {t("sign_up.policy")}{" "}
        <a href={address} target="_blank" rel="noopener">
          {t("privacy.policy")}
        </a>
      </p>
    </section>
  );
}
