/** Every cell of the table of clause 2.0, as the server tells it in the reader's language. */
import { Icon } from "../../../ui/icon.tsx";
import type { ThirdParty } from "../../../wire/wire.ts";
import { t } from "../words/index.ts";

export function Facts({ party }: { party: ThirdParty }) {
  return (
    <dl class="party-facts">
      <dt>{t("third_parties.company")}</dt>
      <dd>{party.company}</dd>
      <dt>{t("third_parties.purpose")}</dt>
      <dd>{party.purpose}</dd>
      <dt>{t("third_parties.scenario")}</dt>
      <dd>{party.scenario}</dd>
      <dt>{t("third_parties.gets")}</dt>
      <dd>
        <ul>
          {party.data.map(({ field, told }) => (
            <li key={field}>{told}</li>
          ))}
        </ul>
      </dd>
      <dt>{t("third_parties.method")}</dt>
      <dd>{party.method}</dd>
      <dt>{t("third_parties.place")}</dt>
      <dd>{party.place}</dd>
      <dt>{t("third_parties.policy")}</dt>
      <dd>
        <a href={party.policy_url} target="_blank" rel="noreferrer">
          {party.policy_url.replace("https://", "")} <Icon name="open" size={13} />
        </a>
      </dd>
    </dl>
  );
}
