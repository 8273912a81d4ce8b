/** Errors in words: our own sentence for codes we know, else the server's detail. */
import { Notice } from "../../ui/states.tsx";
import type { ApiError } from "./api.ts";
import { span } from "./format.ts";
import { maybe, t } from "./words/index.ts";

export function explain(error: ApiError): string {
  const { code, detail, title, retry_after } = error.problem;
  const own = maybe(`error.${code}`);
  if (own)
    return retry_after ? `${own} ${t("error.again_in", { time: span(retry_after * 1000) })}` : own;
  return detail || title || t("error.unexpected");
}

export function ProblemNotice({ error }: { error: ApiError | null }) {
  if (!error) return null;
  const fields = error.problem.fields ?? [];
  return (
    <Notice tone="danger">
      <span>{explain(error)}</span>
      {fields.length > 0 && (
        <ul>
          {fields.map((field) => (
            <li key={field.path}>
              <code>{field.path.replace(/^\$\.?/, "")}</code> {field.detail}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
