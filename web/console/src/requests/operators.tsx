/** The requests to the installation itself, on the operator's page: never those to a company. */
import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { requests } from "../operations.ts";
import { Showing, useLoaded } from "../settings/loading.tsx";
import { t } from "../words/index.ts";
import { OpenRequest } from "./request.tsx";
import { RequestRows } from "./rows.tsx";
import "../settings/settings.css";

export function OperatorRequests() {
  const [id, setId] = useState<string | null>(null);
  return (
    <section>
      <h2>{t("requests.title")}</h2>
      <p class="hint">{t("requests.operator_about")}</p>
      {id ? (
        <>
          <div class="row">
            <Button size="small" icon="back" onClick={() => setId(null)}>
              {t("requests.back")}
            </Button>
          </div>
          <OpenRequest key={id} id={id} />
        </>
      ) : (
        <List open={setId} />
      )}
    </section>
  );
}

function List({ open }: { open: (id: string) => void }) {
  const list = useLoaded(() => requests.list({ closed: false }));
  return (
    <Showing loaded={list}>
      {({ items }) =>
        items.length === 0 ? (
          <p class="hint">{t("requests.none")}</p>
        ) : (
          <RequestRows items={items} open={(item) => open(item.id)} />
        )
      }
    </Showing>
  );
}
