/** One request: what was said, who it is, the answer, and its end. That it is opened is written down. */
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { TextArea } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/states.tsx";
import { toast } from "../../../ui/toast.tsx";
import type { RequestClosing, RequestDetail, RequestMessage } from "../../../wire/wire.ts";
import { moment, shortDate } from "../format.ts";
import { requests } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { conversationPath } from "../router.ts";
import { submitting, useAttempt } from "../session/form.ts";
import { Showing, useLoaded } from "../settings/loading.tsx";
import { Part } from "../settings/part.tsx";
import { conversations, members } from "../store/store.ts";
import { languageNames, t } from "../words/index.ts";
import { IdentityPart } from "./identity.tsx";
import { RightsPart } from "./rights.tsx";
import { LateTag, StateTag } from "./rows.tsx";
import { erasuresEnded } from "./state.ts";
import { SubjectPart } from "./subject.tsx";
import "./requests.css";

export function OpenRequest({ id }: { id: string }) {
  const loaded = useLoaded(() => requests.open(id));
  const [changed, setChanged] = useState<RequestDetail | null>(null);
  const detail = changed ?? loaded.value;
  const erasing = Boolean(detail?.erasure_at && !detail.erased_at);
  useEffect(() => {
    if (erasing) void requests.open(id).then(setChanged, () => undefined);
  }, [erasuresEnded.value]);
  return (
    <Showing loaded={loaded} rows={5}>
      {(first) => <Shown detail={changed ?? first} onChange={setChanged} />}
    </Showing>
  );
}

function Shown(props: { detail: RequestDetail; onChange: (detail: RequestDetail) => void }) {
  const { detail, onChange } = props;
  return (
    <>
      <Part title={t(`requests.kind_${detail.request.kind}`)} side={<Tags detail={detail} />}>
        <Facts detail={detail} />
        {detail.messages.length > 0 && (
          <ol class="request-messages" aria-label={t("requests.messages")}>
            {detail.messages.map((message) => (
              <Said key={`${message.author} ${message.at}`} message={message} />
            ))}
          </ol>
        )}
      </Part>
      {detail.request.state !== "closed" && (
        <>
          <IdentityPart detail={detail} onChange={onChange} />
          <SubjectPart detail={detail} onChange={onChange} />
          <RightsPart detail={detail} onChange={onChange} />
          <Answer detail={detail} onChange={onChange} />
          {detail.guardian !== "given" && <Close detail={detail} onChange={onChange} />}
        </>
      )}
    </>
  );
}

function Tags({ detail }: { detail: RequestDetail }) {
  return (
    <span class="row">
      <StateTag item={detail.request} />
      <LateTag item={detail.request} />
    </span>
  );
}

function Facts({ detail }: { detail: RequestDetail }) {
  const { request } = detail;
  const talk = [...conversations.value.values()].find(
    (item) => detail.visitor_id !== null && item.visitor.id === detail.visitor_id,
  );
  return (
    <dl class="request-facts">
      <dt>{t("requests.reference")}</dt>
      <dd>{request.reference}</dd>
      <dt>{t("requests.due")}</dt>
      <dd>{shortDate(request.due_at)}</dd>
      <dt>{t("requests.language")}</dt>
      <dd>{languageNames[detail.language]}</dd>
      <dt>{t("requests.reach")}</dt>
      <dd>{detail.reach ?? t("requests.no_reach")}</dd>
      <dt>{t("requests.identity")}</dt>
      <dd>
        {t(`requests.by_${request.verified_by ?? "nothing"}`)}{" "}
        {talk && !detail.may_bind && (
          <a href={conversationPath(talk.id)}>{t("requests.their_chat")}</a>
        )}
      </dd>
      {detail.outcome && (
        <>
          <dt>{t("requests.outcome")}</dt>
          <dd>{t(`requests.outcome_${detail.outcome}`)}</dd>
        </>
      )}
    </dl>
  );
}

function Said({ message }: { message: RequestMessage }) {
  const member = message.member_id ? members.value.get(message.member_id)?.name : undefined;
  const who = message.author === "person" ? t("requests.person") : (member ?? t("requests.team"));
  return (
    <li class={message.author}>
      <span class="hint">
        <strong>{who}</strong> · {moment(message.at)}
      </span>
      <p>{message.text}</p>
    </li>
  );
}

function Answer(props: { detail: RequestDetail; onChange: (detail: RequestDetail) => void }) {
  const { detail, onChange } = props;
  const [text, setText] = useState("");
  const attempt = useAttempt();
  const send = async () => {
    const sent = async () => onChange(await requests.answer(detail.request.id, text));
    if (!(await attempt.run(sent))) return;
    setText("");
    toast(t("requests.answered"));
  };
  if (detail.needs_identity) {
    return (
      <Part title={t("requests.answer")}>
        <Notice tone="warn">{t("requests.not_yet")}</Notice>
      </Part>
    );
  }
  return (
    <Part title={t("requests.answer")} hint={t("requests.answer_hint")}>
      <form class="form" onSubmit={submitting(send)}>
        {!detail.request.verified_by && <Notice>{t("requests.no_data")}</Notice>}
        <TextArea
          label={t("requests.answer")}
          hideLabel
          rows={6}
          maxLength={4000}
          required
          value={text}
          onValue={setText}
        />
        <ProblemNotice error={attempt.error} />
        <div class="row">
          <Button kind="primary" type="submit" busy={attempt.busy} disabled={!text.trim()}>
            {t("requests.send")}
          </Button>
        </div>
      </form>
    </Part>
  );
}

function Close(props: { detail: RequestDetail; onChange: (detail: RequestDetail) => void }) {
  const { detail, onChange } = props;
  const attempt = useAttempt();
  const close = async (outcome: RequestClosing["outcome"]) => {
    const done = async () => onChange(await requests.close(detail.request.id, outcome));
    if (await attempt.run(done)) toast(t("requests.was_closed"));
  };
  return (
    <Part title={t("requests.close")} hint={t("requests.close_hint")}>
      <ProblemNotice error={attempt.error} />
      <div class="row">
        <Button onClick={() => close("done")}>{t("requests.close_done")}</Button>
        {detail.needs_identity && (
          <Button onClick={() => close("not_verified")}>{t("requests.close_not_verified")}</Button>
        )}
        <Button onClick={() => close("withdrawn")}>{t("requests.close_withdrawn")}</Button>
      </div>
    </Part>
  );
}
