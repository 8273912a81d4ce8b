/** The third parties that the company decides about: who they are, what they get, on and off. */
import { useState } from "preact/hooks";
import { Tag } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { toast } from "../../../ui/toast.tsx";
import type { ThirdParties, ThirdParty } from "../../../wire/wire.ts";
import { shortDate } from "../format.ts";
import { thirdParties } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { useAttempt } from "../session/form.ts";
import { Showing, useLoaded } from "../settings/loading.tsx";
import { Part } from "../settings/part.tsx";
import { count, language, t } from "../words/index.ts";
import { left } from "./covers.tsx";
import { EndDialog } from "./end.tsx";
import { Introduction } from "./introduction.tsx";
import { Several, together } from "./several.tsx";
import "./third-parties.css";

/** Loaded anew when another language is chosen: what is read is what is agreed to. */
export function ThirdPartiesPage() {
  return <List key={language.value} />;
}

function List() {
  const list = useLoaded(() => thirdParties.list(language.peek()));
  return (
    <Part title={t("third_parties.title")} hint={t("third_parties.about")}>
      <Showing loaded={list} rows={4}>
        {(found) => <Lines found={found} reload={list.reload} />}
      </Showing>
    </Part>
  );
}

function Lines({ found, reload }: { found: ThirdParties; reload: () => Promise<void> }) {
  const [reading, setReading] = useState<ThirdParty | null>(null);
  const [ending, setEnding] = useState<ThirdParty | null>(null);
  const [several, setSeveral] = useState(false);
  const free = together(found.items);
  const attempt = useAttempt();
  const end = async (party: ThirdParty) => {
    setEnding(null);
    if (!(await attempt.run(() => thirdParties.end(party.name)))) return;
    toast(t("third_parties.ended_now", { name: party.product }));
    await reload();
  };
  const done = async (party: ThirdParty) => {
    setReading(null);
    toast(t("third_parties.on_now", { name: party.product }));
    await reload();
  };
  const allDone = async (many: number) => {
    setSeveral(false);
    toast(count("third_parties.several_on", many));
    await reload();
  };
  return (
    <>
      <ProblemNotice error={attempt.error} />
      {free.length > 1 && (
        <div>
          <Button size="small" onClick={() => setSeveral(true)}>
            {t("third_parties.several")}
          </Button>
        </div>
      )}
      <ul class="plain-list parties">
        {found.items.map((party) => (
          <li key={party.name}>
            <span class="item-name">
              <span>
                <strong>{party.product}</strong> <Standing party={party} />
                <span class="hint">
                  {party.company} · {party.place}
                </span>
                <span class="hint">{about(party)}</span>
              </span>
            </span>
            <span class="row">
              <Button size="small" onClick={() => setReading(party)}>
                {t(party.state === "on" ? "third_parties.details" : "third_parties.read")}
              </Button>
              {canEnd.has(party.state) && (
                <Button size="small" kind="danger" onClick={() => setEnding(party)}>
                  {t("third_parties.end")}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {reading && (
        <Introduction
          party={reading}
          found={found}
          onClose={() => setReading(null)}
          done={() => done(reading)}
        />
      )}
      {several && <Several parties={free} onClose={() => setSeveral(false)} done={allDone} />}
      {ending && (
        <EndDialog party={ending} onClose={() => setEnding(null)} end={() => end(ending)} />
      )}
    </>
  );
}

/** What was switched on, whether or not anything goes there now. */
const canEnd: ReadonlySet<ThirdParty["state"]> = new Set(["on", "changed", "locked", "unrecorded"]);

const tones = {
  on: "good",
  off: "plain",
  ended: "plain",
  expired: "warn",
  changed: "warn",
  locked: "warn",
  unrecorded: "warn",
} as const;

function Standing({ party }: { party: ThirdParty }) {
  return (
    <>
      <Tag tone={tones[party.state]}>{t(`third_parties.${party.state}`)}</Tag>{" "}
      {party.abroad && <Tag tone="warn">{t("third_parties.abroad")}</Tag>}
    </>
  );
}

function about(party: ThirdParty): string {
  if (party.state === "off") return party.purpose;
  const { contract, contract_until: until, since, ended_at: ended } = party;
  const parts = [contract ?? ""];
  if (party.state === "ended" && ended) {
    parts.push(t("third_parties.ended_on", { date: shortDate(ended) }));
  } else if (until) {
    parts.push(t("third_parties.until", { date: shortDate(until) }));
  } else if (since) {
    parts.push(t("since", { date: shortDate(since) }));
  }
  if (party.state === "on" && left(party)) {
    parts.push(t("third_parties.without", { fields: left(party) }));
  }
  return parts.join(" · ");
}
