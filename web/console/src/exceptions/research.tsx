/** A past month as figures in which nobody can be found: what is in it, its sums, and the files. */
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Select } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/states.tsx";
import type { ExtractWish, Figure, Figures, Research, ResearchMonth } from "../../../wire/wire.ts";
import { monthName } from "../format.ts";
import { research } from "../operations.ts";
import { ProblemNotice } from "../problem.tsx";
import { save } from "../save.ts";
import { type Attempt, useAttempt } from "../session/form.ts";
import { type Loaded, Showing, useLoaded } from "../settings/loading.tsx";
import { count, languageNames, maybe, number, t } from "../words/index.ts";
import "./research.css";

const sizes = [5, 10, 20, 50, 100];

export function ResearchDialog({ onClose }: { onClose: () => void }) {
  const loaded = useLoaded(research.read);
  const [month, setMonth] = useState("");
  const attempt = useAttempt();
  const chosen = loaded.value?.months.find((one) => one.month === month) ?? loaded.value?.months[0];
  const gone = chosen?.destroyed ?? false;
  const download = (form: ExtractWish["form"]) =>
    attempt.run(async () => {
      const name = chosen?.month ?? "";
      save(await research.extract({ month: name, form }), `conversations-${name}.${form}`);
      await loaded.reload();
    });
  return (
    <Dialog
      title={t("research.title")}
      closeLabel={t("action.dismiss")}
      onClose={onClose}
      size="medium"
      actions={
        <>
          <Button
            icon="download"
            busy={attempt.busy}
            disabled={gone}
            onClick={() => download("json")}
          >
            JSON
          </Button>
          <Button
            kind="primary"
            icon="download"
            busy={attempt.busy}
            disabled={gone}
            onClick={() => download("csv")}
          >
            CSV
          </Button>
        </>
      }
    >
      <Showing loaded={loaded} rows={4}>
        {(about) => (
          <div class="form">
            <p>{t("research.about")}</p>
            <Select
              label={t("research.month")}
              value={chosen?.month ?? ""}
              onValue={setMonth}
              options={about.months.map((one) => ({ value: one.month, label: option(one) }))}
            />
            {chosen && <Month key={chosen.month} month={chosen} {...{ about, loaded, attempt }} />}
            <ProblemNotice error={attempt.error} />
          </div>
        )}
      </Showing>
    </Dialog>
  );
}

function option(one: ResearchMonth): string {
  const month = monthName(one.month);
  if (one.destroyed) return t("research.gone", { month });
  return one.k === null ? month : t("research.made", { month });
}

interface MonthProps {
  month: ResearchMonth;
  about: Research;
  loaded: Loaded<Research>;
  /** One for all: nothing is made while it is being chosen how. */
  attempt: Attempt;
}

function Month({ month, ...rest }: MonthProps) {
  if (month.destroyed) {
    return (
      <Notice tone="plain">
        <p>{t("research.destroyed")}</p>
        <p>{t("research.copies")}</p>
      </Notice>
    );
  }
  if (month.k === null) return <Before {...rest} />;
  return (
    <>
      <Notice tone="plain">
        <p>
          {count("research.people", month.people ?? 0)}{" "}
          {count("research.left_out", month.left_out ?? 0)}
        </p>
        <p>{t("research.stays", { k: number(month.k) })}</p>
      </Notice>
      <Sums month={month.month} />
    </>
  );
}

/** Nothing was made of the month yet: what it will tell, and how many people share a line. */
function Before({ about, loaded, attempt }: Omit<MonthProps, "month">) {
  const choose = (k: string) =>
    attempt.run(async () => {
      await research.set(Number(k));
      await loaded.reload();
    });
  const offered = [...new Set([...sizes, about.k])].sort((a, b) => a - b);
  return (
    <>
      <div>
        <p class="label">{t("research.columns")}</p>
        <ul class="research-columns">
          {about.columns.map((column) => (
            <li key={column}>{columnName(column)}</li>
          ))}
        </ul>
      </div>
      <Select
        label={t("research.k")}
        hint={t("research.k_hint")}
        value={String(about.k)}
        onValue={(k) => void choose(k)}
        disabled={attempt.busy}
        options={offered.map((k) => ({ value: String(k), label: number(k) }))}
      />
    </>
  );
}

function Sums({ month }: { month: string }) {
  const figures = useLoaded<Figures>(() => research.figures(month));
  useEffect(() => void figures.reload(), [month]);
  return (
    <Showing loaded={figures}>
      {({ columns, people }) => (
        <div class="research-sums">
          {Object.entries(columns).map(([column, sums]) => (
            <Column key={column} name={column} sums={sums ?? []} people={people} />
          ))}
        </div>
      )}
    </Showing>
  );
}

function Column({ name, sums, people }: { name: string; sums: Figure[]; people: number }) {
  return (
    <table class="research-table">
      <caption>{columnName(name)}</caption>
      <tbody>
        {sums.length === 0 && (
          <tr>
            <td class="hint">{t("research.untold")}</td>
          </tr>
        )}
        {sums.map((sum) => (
          <tr key={sum.value}>
            <th scope="row">{valueName(name, sum.value)}</th>
            <td class="research-bar" aria-hidden="true">
              <span style={{ inlineSize: `${(100 * sum.people) / people}%` }} />
            </td>
            <td class="research-number">{number(sum.people)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const columnName = (column: string) => maybe(`research.column.${column}`) ?? column;

/** Words of a class are translated one by one; numbers and their units stay. */
function valueName(column: string, value: string): string {
  if (column === "language") return languageNames[value as keyof typeof languageNames] ?? value;
  return value
    .split(" ")
    .map((word) => maybe(`research.word.${word}`) ?? word.replace("-", "–"))
    .join(" ");
}
