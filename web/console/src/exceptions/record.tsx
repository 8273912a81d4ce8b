/** One exception: its state in a line, everything about it when opened, and what can be done. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Tag } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { CopyBox } from "../../../ui/copy.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { toast } from "../../../ui/toast.tsx";
import type { ExceptionRecord } from "../../../wire/wire.ts";
import { listed, moment } from "../format.ts";
import { memberName } from "../names.ts";
import { exceptions } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { settingsPath } from "../router.ts";
import { save } from "../save.ts";
import { useAttempt } from "../session/form.ts";
import { me } from "../store/store.ts";
import { count, language, t } from "../words/index.ts";
import { dataName, personName, purposeName } from "./names.ts";
import { ResearchDialog } from "./research.tsx";

const tones = { proposed: "accent", active: "warn", ended: "plain", expired: "plain" } as const;

export function Record({
  record,
  open,
  changed,
}: {
  record: ExceptionRecord;
  open: boolean;
  changed: () => Promise<void>;
}) {
  const attempt = useAttempt();
  const [researching, setOpen] = useState(false);
  const approve = async () => {
    if (!(await attempt.run(() => exceptions.approve(record.id)))) return;
    toast(t("exceptions.approved"));
    await changed();
  };
  const end = async () => {
    if (!(await attempt.run(() => exceptions.end(record.id)))) return;
    toast(t("exceptions.was_ended"));
    await changed();
  };
  const download = async () => {
    await attempt.run(async () => {
      save(await exceptions.copies(record.id, language.value), `${record.id}.zip`);
      await changed();
    });
  };
  const over = record.state === "ended" || record.state === "expired";
  return (
    <li>
      <details open={open}>
        <summary>
          <span class="exception-name">
            <strong>{t(`exception.${record.code}`)}</strong>{" "}
            <Tag tone={tones[record.state]}>{t(`exceptions.${record.state}`)}</Tag>
            <span class="hint">{summary(record)}</span>
          </span>
          <Icon name="down" size={16} />
        </summary>
        <Facts record={record} />
        <ProblemNotice error={attempt.error} />
        {!over && (
          <div class="row">
            {record.state === "active" && record.code === "EX11" && (
              <Button kind="primary" onClick={() => setOpen(true)}>
                {t("research.open")}
              </Button>
            )}
            {mayApprove(record) && (
              <Button kind="primary" busy={attempt.busy} onClick={approve}>
                {t("exceptions.approve")}
              </Button>
            )}
            {mayDownload(record) && (
              <Button icon="download" busy={attempt.busy} onClick={download}>
                {t("exceptions.copies")}
              </Button>
            )}
            <Button kind="danger" busy={attempt.busy} onClick={end}>
              {t(record.state === "proposed" ? "exceptions.take_back" : "exceptions.end")}
            </Button>
          </div>
        )}
        {researching && <ResearchDialog onClose={() => setOpen(false)} />}
        {mayDownload(record) && <p class="hint">{t("exceptions.copies_hint")}</p>}
      </details>
    </li>
  );
}

function mayApprove(record: ExceptionRecord): boolean {
  const mine = me.value?.member.id ?? "";
  const hands = [record.proposed_by, ...record.approved_by];
  return record.state === "proposed" && !hands.includes(mine);
}

/** An investigation that is in force opens copies of the people whom it names. */
function mayDownload(record: ExceptionRecord): boolean {
  const visitors = record.subjects.some((id) => id.startsWith("vis_"));
  return record.state === "active" && Boolean(record.grounds.case_id) && visitors;
}

function summary(record: ExceptionRecord): string {
  const until =
    record.ended_at === null
      ? t("exceptions.until", { time: moment(record.expires_at) })
      : t("exceptions.ended_at", { time: moment(record.ended_at) });
  const whose = record.everybody
    ? t("exceptions.everybody")
    : count("exceptions.people", record.subjects.length);
  return [purposeName(record.purpose), whose, until].join(" · ");
}

function Facts({ record }: { record: ExceptionRecord }) {
  const { grounds } = record;
  const approvals = record.approved_by.map(memberName);
  return (
    <dl class="exception-facts">
      <Line name={t("exceptions.reason")}>{grounds.reason}</Line>
      <Line name={t("need.statute")}>{grounds.statute}</Line>
      <Line name={t("need.instrument")}>{grounds.instrument}</Line>
      <Line name={t("need.case_id")}>{grounds.case_id}</Line>
      <Line name={t("need.source")}>{grounds.source}</Line>
      <Line name={t("need.source_date")}>{grounds.source_date}</Line>
      <Line name={t("need.fields")}>{grounds.fields?.join(", ")}</Line>
      <Line name={t("exceptions.data")}>{listed(record.data.map(dataName))}</Line>
      <Line name={t("exceptions.whose")}>
        {record.everybody ? t("exceptions.everybody") : record.subjects.map(personName).join(", ")}
      </Line>
      <Line name={t("exceptions.asked_by")}>
        {memberName(record.proposed_by)} · {moment(record.proposed_at)}
      </Line>
      {record.approvals_needed > 0 && (
        <Line name={t("exceptions.approved_by")}>
          {approvals.length > 0 ? listed(approvals) : "–"} (
          {t("exceptions.of", { n: approvals.length, all: record.approvals_needed })})
        </Line>
      )}
      <Line name={t("exceptions.ended_by")}>{record.ended_by && memberName(record.ended_by)}</Line>
      <Line name={t("exceptions.uses")}>{record.uses}</Line>
      {record.barred && (
        <Line name={t("exceptions.barred")}>
          {t("exceptions.barred_hint")} {t("exceptions.barred_link")}
          <CopyBox
            label={t("exceptions.link")}
            text={location.origin + settingsPath("exceptions", record.id)}
            copy={t("action.copy")}
            copied={t("copied")}
          />
        </Line>
      )}
    </dl>
  );
}

function Line({ name, children }: { name: string; children: ComponentChildren }) {
  if (children === null || children === undefined || children === "") return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
