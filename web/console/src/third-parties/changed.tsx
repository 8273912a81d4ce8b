/** One line for administrators while nothing goes to a third party because it has changed (1.8c). */
import { useEffect } from "preact/hooks";
import { Icon } from "../../../ui/icon.tsx";
import { thirdParties } from "../operations.ts";
import { settingsPath } from "../router.ts";
import { useLoaded } from "../settings/loading.tsx";
import { amAdmin, me } from "../store/store.ts";
import { count, language, t } from "../words/index.ts";

export function ChangedBanner() {
  return amAdmin.value ? <Line key={language.value} /> : null;
}

/** Asked for again whenever the server says that what one may do has changed. */
function Line() {
  const loaded = useLoaded(() => thirdParties.list(language.peek()));
  const mine = me.value;
  useEffect(() => void loaded.reload(), [mine]);
  const names = loaded.value?.items
    .filter((party) => party.state === "changed")
    .map((party) => party.product);
  if (!names?.length) return null;
  return (
    <p class="banner" role="status">
      <Icon name="warning" size={16} />
      <span>
        {count("third_parties.changed_banner", names.length, { names: names.join(", ") })}{" "}
        <a class="link" href={settingsPath("third-parties")}>
          {t("third_parties.changed_look")}
        </a>
      </span>
    </p>
  );
}
