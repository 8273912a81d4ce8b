/** Whose data it is about, where somebody was verified who did not come from their chat. */
import { useEffect, useState } from "preact/hooks";
import { Tag } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Select } from "../../../ui/field.tsx";
import { toast } from "../../../ui/toast.tsx";
import type { Conversation, RequestDetail, RequestKind, Visitor } from "../../../wire/wire.ts";
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

type AboutData = Exclude<RequestKind, "question" | "complaint">;

export function SubjectPart({ detail, onChange }: Props) {
  const { kind } = detail.request;
  if (!detail.may_bind || kind === "question" || kind === "complaint") return null;
  return (
    <Part
      title={t("requests.subject")}
      hint={t(kind === "guardian" ? "requests.subject_child_hint" : "requests.subject_hint")}
    >
      <Picker kind={kind} detail={detail} onChange={onChange} />
    </Part>
  );
}

function Picker({ kind, detail, onChange }: Props & { kind: AboutData }) {
  const known = detail.visitor_id ?? "";
  const [chosen, setChosen] = useState(known);
  const [older, setOlder] = useState<Older>({});
  const [asking, setAsking] = useState(false);
  const learning = useAttempt();
  const learn = (from?: Older) => learning.run(async () => setOlder(await learnVisitors(from)));
  useEffect(() => void learn(), []);
  const talk = talks.value.get(chosen);
  return (
    <>
      <form class="form" onSubmit={submitting(() => setAsking(true))}>
        <Select
          label={t("requests.subject_visitor")}
          hint={t("requests.subject_from")}
          value={chosen}
          onValue={setChosen}
          options={[{ value: "", label: t("exceptions.choose_person") }, ...people(known)]}
        />
        {talk && <Details talk={talk} />}
        <ProblemNotice error={learning.error} />
        <div class="row">
          {!(known && chosen === known) && (
            <Button kind="primary" type="submit" disabled={!chosen}>
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
      {asking && (
        <Sure
          kind={kind}
          name={talk ? nameOf(talk.visitor) : visitorName({ id: chosen, name: null })}
          bind={async () => onChange(await requests.bind(detail.request.id, chosen))}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

interface SureProps {
  kind: AboutData;
  name: string;
  bind: () => Promise<void>;
  onClose: () => void;
}

/** Asks once more, and says what is opened by it. */
function Sure({ kind, name, bind, onClose }: SureProps) {
  const attempt = useAttempt();
  const go = async () => {
    if (!(await attempt.run(bind))) return;
    toast(t("requests.subject_bound"));
    onClose();
  };
  return (
    <Dialog
      title={t("requests.subject_ask", { name })}
      closeLabel={t("action.dismiss")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" busy={attempt.busy} onClick={go}>
            {t("requests.subject_bind")}
          </Button>
        </>
      }
    >
      <p>{t(`requests.subject_opens_${kind}`)}</p>
      <p class="hint">{t("requests.subject_stays")}</p>
      <ProblemNotice error={attempt.error} />
    </Dialog>
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
