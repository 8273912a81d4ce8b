/** Whose data it is about, where somebody was verified who did not come from their chat. */
import { useEffect, useState } from "preact/hooks";
import { Tag } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { Select } from "../../../ui/field.tsx";
import { toast } from "../../../ui/toast.tsx";
import type { Conversation, RequestDetail, Visitor } from "../../../wire/wire.ts";
import { shortDate } from "../format.ts";
import { visitorName } from "../names.ts";
import { requests } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { conversationPath } from "../router.ts";
import { submitting, useAttempt } from "../session/form.ts";
import { Part } from "../settings/part.tsx";
import { learnVisitors, type Older, talks } from "../visitors.ts";
import { t } from "../words/index.ts";

interface Props {
  detail: RequestDetail;
  onChange: (detail: RequestDetail) => void;
}

export function SubjectPart({ detail, onChange }: Props) {
  if (!detail.may_bind) return null;
  const child = detail.request.kind === "guardian";
  return (
    <Part
      title={t("requests.subject")}
      hint={t(child ? "requests.subject_child_hint" : "requests.subject_hint")}
    >
      <Picker detail={detail} onChange={onChange} />
    </Part>
  );
}

function Picker({ detail, onChange }: Props) {
  const known = detail.visitor_id ?? "";
  const [chosen, setChosen] = useState(known);
  const [older, setOlder] = useState<Older>({});
  const learning = useAttempt();
  const binding = useAttempt();
  const learn = (from?: Older) => learning.run(async () => setOlder(await learnVisitors(from)));
  useEffect(() => void learn(), []);
  const bind = async () => {
    const done = async () => onChange(await requests.bind(detail.request.id, chosen));
    if (await binding.run(done)) toast(t("requests.subject_bound"));
  };
  const talk = talks.value.get(chosen);
  return (
    <form class="form" onSubmit={submitting(bind)}>
      <Select
        label={t("requests.subject_visitor")}
        hint={t("requests.subject_from")}
        value={chosen}
        onValue={setChosen}
        options={[{ value: "", label: t("exceptions.choose_person") }, ...people(known)]}
      />
      {talk && <Details talk={talk} />}
      <ProblemNotice error={learning.error ?? binding.error} />
      <div class="row">
        {!(known && chosen === known) && (
          <Button kind="primary" type="submit" busy={binding.busy} disabled={!chosen}>
            {t(known ? "requests.subject_change" : "requests.subject_bind")}
          </Button>
        )}
        {Object.keys(older).length > 0 && (
          <Button kind="quiet" busy={learning.busy} onClick={() => learn(older)}>
            {t("requests.subject_older")}
          </Button>
        )}
      </div>
    </form>
  );
}

/** The visitors at hand, who wrote last first, and whoever was chosen before. */
function people(known: string) {
  const found = [...talks.value.values()].sort((a, b) => b.updated_at - a.updated_at);
  const options = found.map(({ visitor, updated_at }) => ({
    value: visitor.id,
    label: `${nameOf(visitor)} · ${shortDate(updated_at)}`,
  }));
  if (!known || talks.value.has(known)) return options;
  return [{ value: known, label: visitorName({ id: known, name: null }) }, ...options];
}

/** What somebody can be found by: whoever told no name, perhaps by how they are reached. */
const nameOf = (visitor: Visitor) =>
  visitor.name ? visitorName(visitor) : (visitor.email ?? visitor.phone ?? visitorName(visitor));

/** By what to tell that it is them, before anything of theirs is handed out. */
function Details({ talk }: { talk: Conversation }) {
  const { email, phone, verified, created_at } = talk.visitor;
  return (
    <dl class="request-facts">
      {email && (
        <>
          <dt>{t("visitor.email")}</dt>
          <dd>{email}</dd>
        </>
      )}
      {phone && (
        <>
          <dt>{t("visitor.phone")}</dt>
          <dd>{phone}</dd>
        </>
      )}
      <dt>{t("requests.identity")}</dt>
      <dd>
        <Tag tone={verified ? "good" : "plain"}>
          {t(verified ? "visitor.verified" : "visitor.unverified")}
        </Tag>
      </dd>
      <dt>{t("visitor.since")}</dt>
      <dd>
        {shortDate(created_at)}{" "}
        <a href={conversationPath(talk.id)} target="_blank" rel="noopener">
          {t("requests.their_chat")}
        </a>
      </dd>
    </dl>
  );
}
