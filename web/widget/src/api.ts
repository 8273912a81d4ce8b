// The frame's calls to the server. Every failure is a Trouble with the server's code, or "network".

import type {
  ConsentList,
  HandOver,
  Identity,
  Language,
  MessagePage,
  MyCampaigns,
  Problem,
  Ticket,
  VisitorState,
  WidgetConfig,
} from "../../wire/wire.ts";

export class Trouble extends Error {
  /** status 0: the server was not reached; retry: seconds, 0 when it said none. */
  constructor(
    readonly status: number,
    readonly code: string,
    readonly retry = 0,
  ) {
    super(code);
  }
}

export const inbox = decodeURIComponent(location.pathname.split("/").pop() ?? "");
export const base = `/api/widget/${encodeURIComponent(inbox)}`;

export const api = {
  config: (language: string) => call<WidgetConfig>("GET", `?language=${language}`),
  start: (
    notice_hash: string,
    language: Language,
    identity: Identity | null,
    birth_date: string | null,
  ) => call<VisitorState>("POST", "/visitor", { notice_hash, language, identity, birth_date }),
  speak: (language: Language) => call<VisitorState>("PATCH", "/visitor", { language }),
  forget: () => call("DELETE", "/visitor"),
  messages: (before?: number) =>
    call<MessagePage>("GET", `/messages?limit=30${before ? `&before=${before}` : ""}`),
  ticket: () => call<Ticket>("POST", "/ticket", {}),
  handOver: () => call<HandOver>("POST", "/handover", {}),
  consents: (language: Language) => call<ConsentList>("GET", `/consents?language=${language}`),
  news: (language: Language) => call<MyCampaigns>("GET", `/campaigns?language=${language}`),
  file: (id: string) => `${base}/files/${id}`,
};

export async function call<T = unknown>(method: string, path: string, body?: object): Promise<T> {
  const headers: Record<string, string> = { "X-Silkroad": "1" };
  const options: RequestInit = { method, headers };
  if (body) {
    headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(base + path, options).catch(() => null);
  if (!answer) throw new Trouble(0, "network");
  if (!answer.ok) throw trouble(answer.status, await answer.text());
  return answer.json();
}

export function trouble(status: number, text: string): Trouble {
  try {
    const problem: Problem = JSON.parse(text);
    return new Trouble(status, problem.code, problem.retry_after);
  } catch {
    return new Trouble(status, "unknown"); // a proxy in between answered with a page of its own
  }
}
