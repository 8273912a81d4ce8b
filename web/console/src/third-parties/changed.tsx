/** A line for administrators while nothing goes to a third party that they have on (1.8c, 2.1). */
import { useEffect } from "preact/hooks";
import { Icon } from "../../../ui/icon.tsx";
import type { ThirdParty } from "../../../wire/wire.ts";
import { thirdParties } from "../operations.ts";
import { settingsPath } from "../router.ts";
import { useLoaded } from "../settings/loading.tsx";
import { amAdmin, me } from "../store/store.ts";
import { count, language, t } from "../words/index.ts";

export function ChangedBanner() {
  return amAdmin.value ? <Lines key={language.value} /> : null;
}

/** Asked for again whenever the server says that what one may do has changed. */
function Lines() {
  const loaded = useLoaded(() => thirdParties.list(language.peek()));
  const mine = me.value;
  useEffect(() => void loaded.reload(), [mine]);
  const items = loaded.value?.items ?? [];
  return (
    <>
      <Line parties={items} state="changed" />
      <Line parties={items} state="unrecorded" />
    </>
  );
}

function Line(props: { parties: readonly ThirdParty[]; state: "changed" | "unrecorded" }) {
  const names = props.parties
    .filter((party) => party.state === props.state)
    .map((party) => party.product);
  if (!names.length) return null;
  return (
    <p class="banner" role="status">
      <Icon name="warning" size={16} />
      <span>
        {count(`third_parties.${props.state}_banner`, names.length, { names: names.join(", ") })}{" "}
        <a class="link" href={settingsPath("third-parties")}>
          {t("third_parties.changed_look")}
        </a>
      </span>
    </p>
  );
}
