/** A list of requests, without a word of what they say: that is shown when one is opened. */
import { Tag } from "../../../ui/badge.tsx";
import { Icon } from "../../../ui/icon.tsx";
import type { RequestState, RequestSummary } from "../../../wire/wire.ts";
import { shortDate } from "../format.ts";
import { t } from "../words/index.ts";
import "./requests.css";

const tones: Record<RequestState, "plain" | "good" | "warn" | "accent"> = {
  received: "accent",
  identity_asked: "plain",
  verified: "accent",
  answered: "good",
  closed: "plain",
};

export function RequestRows(props: {
  items: readonly RequestSummary[];
  open: (item: RequestSummary) => void;
}) {
  return (
    <ul class="plain-list request-list">
      {props.items.map((item) => (
        <li key={item.id}>
          <button type="button" class="request-line" onClick={() => props.open(item)}>
            <span class="item-name">
              <span>
                <strong>{t(`requests.kind_${item.kind}`)}</strong> <StateTag item={item} />{" "}
                <LateTag item={item} />
                <span class="hint">
                  {item.reference} · {dates(item)}
                </span>
              </span>
            </span>
            <Icon name="forward" size={16} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function dates(item: RequestSummary): string {
  if (item.closed_at !== null) return t("requests.closed_on", { date: shortDate(item.closed_at) });
  const received = t("requests.received_on", { date: shortDate(item.received_at) });
  if (item.state === "answered") return received;
  return `${received} · ${t("requests.due_on", { date: shortDate(item.due_at) })}`;
}

export function StateTag({ item }: { item: RequestSummary }) {
  if (item.state === "identity_asked" && item.proof_given)
    return <Tag tone="accent">{t("requests.proof_here")}</Tag>;
  return <Tag tone={tones[item.state]}>{t(`requests.state_${item.state}`)}</Tag>;
}

/** On the 12th working day the team is warned; after the 15th it is too late. */
export function LateTag({ item }: { item: RequestSummary }) {
  if (item.state === "answered" || item.state === "closed") return null;
  if (item.breached) return <Tag tone="danger">{t("requests.overdue")}</Tag>;
  return item.warned ? <Tag tone="warn">{t("requests.due_soon")}</Tag> : null;
}
