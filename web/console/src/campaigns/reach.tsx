/** For administrators: whom each change of the policy has reached. */
import { useEffect } from "preact/hooks";
import { Tag } from "../../../ui/badge.tsx";
import type { CampaignReach } from "../../../wire/wire.ts";
import { shortDate } from "../format.ts";
import { campaigns } from "../operations.ts";
import { Showing, useLoaded } from "../settings/loading.tsx";
import { Part } from "../settings/part.tsx";
import { language, number, t } from "../words/index.ts";
import { campaignsChanged } from "./changed.ts";
import { Lines } from "./news.tsx";

export function Reach() {
  const loaded = useLoaded(() => campaigns.list(language.value));
  const seen = `${campaignsChanged.value} ${language.value}`;
  useEffect(() => void loaded.reload(), [seen]);
  return (
    <Part title={t("campaigns.reach")} hint={t("campaigns.reach_hint")}>
      <Showing loaded={loaded}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="hint">{t("campaigns.none")}</p>
          ) : (
            <div class="campaign-reaches">
              {items.map((item) => (
                <One key={item.text.id} item={item} />
              ))}
            </div>
          )
        }
      </Showing>
    </Part>
  );
}

function One({ item }: { item: CampaignReach }) {
  const { text, people, told, read, woken, chose } = item;
  const major = text.weight === "major";
  const of = (n: number) => t("campaigns.of", { n: number(n), all: number(people) });
  return (
    <article class="campaign-reach">
      <p>
        <strong>{shortDate(text.opened_at)}</strong>{" "}
        <Tag tone={major ? "warn" : "plain"}>
          {t(major ? "campaigns.major" : "campaigns.minor")}
        </Tag>
      </p>
      <Lines item={item} />
      <dl>
        <Count name={t("campaigns.told")} value={of(told)} />
        <Count name={t("campaigns.has_read")} value={of(read)} />
        {chose !== null && <Count name={t("campaigns.chose")} value={of(chose)} />}
        <Count name={t("campaigns.woken")} value={number(woken)} />
      </dl>
    </article>
  );
}

function Count({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
