/** The register of exceptions to consent: what was asked for, who agreed, until when, and each use. */
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Empty } from "../../../ui/states.tsx";
import type { ExceptionList } from "../../../wire/wire.ts";
import { exceptions } from "../operations.ts";
import { Showing, useLoaded } from "../settings/loading.tsx";
import { Part } from "../settings/part.tsx";
import { learnVisitors } from "../visitors.ts";
import { t } from "../words/index.ts";
import { AskDialog } from "./ask.tsx";
import { registerChanged } from "./changed.ts";
import { Record } from "./record.tsx";
import { Report } from "./report.tsx";
import "./exceptions.css";

export function ExceptionsPage({ id }: { id: string | null }) {
  const list = useLoaded(() => load(id));
  const [asking, setAsking] = useState(false);
  const changes = registerChanged.value;
  useEffect(() => void list.reload(), [changes, id]);
  useEffect(() => void learnVisitors().catch(() => undefined), []);
  return (
    <>
      <Part
        title={t("exceptions.title")}
        hint={t("exceptions.about")}
        side={
          list.value && (
            <Button kind="primary" icon="plus" onClick={() => setAsking(true)}>
              {t("exceptions.ask")}
            </Button>
          )
        }
      >
        <Showing loaded={list} rows={4}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty icon="shield" title={t("exceptions.none")}>
                <p>{t("exceptions.none_hint")}</p>
              </Empty>
            ) : (
              <ul class="exceptions">
                {items.map((record) => (
                  <Record
                    key={record.id}
                    record={record}
                    open={record.id === id}
                    changed={list.reload}
                  />
                ))}
              </ul>
            )
          }
        </Showing>
      </Part>
      <Report key={changes} />
      {asking && list.value && (
        <AskDialog
          register={list.value}
          onClose={() => setAsking(false)}
          asked={() => {
            setAsking(false);
            void list.reload();
          }}
        />
      )}
    </>
  );
}

/** One that only a link shows, because a law forbids to tell of it, comes first. */
async function load(id: string | null): Promise<ExceptionList> {
  const register = await exceptions.list();
  if (!id || register.items.some((record) => record.id === id)) return register;
  return { ...register, items: [await exceptions.read(id), ...register.items] };
}
