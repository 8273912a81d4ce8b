/** The way to the server over HTTP: typed by the wire contract, one kind of error for everything. */
import type { Operations, Problem } from "../../wire/wire.ts";

export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.problem = problem;
  }

  get code(): string {
    return this.problem.code;
  }

  /** Whether the server understood and said no: to ask again would change nothing. */
  get isFinal(): boolean {
    const { status } = this.problem;
    return status >= 400 && status < 500 && status !== 429;
  }

  /** What the server says about one field of the request, if it does; it writes "$.phone". */
  field(path: string): string | undefined {
    return this.problem.fields?.find((field) => field.path === `$.${path}`)?.detail;
  }
}

/** Pages where being signed out is the normal case look at the error themselves. */
let signedOut: () => void = () => undefined;

export function whenSignedOut(react: () => void) {
  signedOut = react;
}

/** What an operation takes besides its method and path. */
export interface Given<Body, Query> {
  /** For the gaps in the path, in their order. */
  at?: readonly string[];
  body?: Body;
  query?: Query | undefined;
}

/** One operation of the contract, by its name there: a wrong method, path or body does not compile. */
export async function ask<Name extends keyof Operations>(
  method: Operations[Name]["method"],
  path: Operations[Name]["path"],
  given: Given<Operations[Name]["body"], Operations[Name]["query"]> = {},
): Promise<Operations[Name]["result"]> {
  const response = await request(method, path, given);
  return settle(response.status, await response.text());
}

/** One operation that answers with a file. */
export async function fetchFile<Name extends keyof Operations>(
  method: Operations[Name]["method"],
  path: Operations[Name]["path"],
  given: Given<Operations[Name]["body"], Operations[Name]["query"]>,
): Promise<Blob> {
  const response = await request(method, path, given);
  if (!response.ok) return settle(response.status, await response.text());
  return response.blob().catch(() => {
    throw new ApiError(problemOf(0, "offline"));
  });
}

function request(method: string, path: string, given: Given<unknown, unknown>) {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") headers["X-Silkroad"] = "1";
  if (given.body) headers["Content-Type"] = "application/json";
  return reach(address(path, given.at ?? [], given.query ?? {}), {
    method,
    headers,
    body: given.body ? JSON.stringify(given.body) : null,
  });
}

function address(path: string, at: readonly string[], query: object): string {
  const rest = [...at];
  const full = path.replace(/\{\w+\}/g, () => encodeURIComponent(rest.shift() ?? ""));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) search.set(key, String(value));
  }
  return search.size > 0 ? `${full}?${search}` : full;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, credentials: "same-origin" });
  } catch {
    throw new ApiError(problemOf(0, "offline"));
  }
}

/** Turns a finished response into its answer, or throws the server's problem. */
export function settle<Answer>(status: number, text: string): Answer {
  const json = parse(text);
  if (status >= 200 && status < 300) return (json ?? {}) as Answer;
  const problem = isProblem(json) ? json : problemOf(status, "unexpected");
  if (status === 401 && problem.code === "signed_out") signedOut();
  throw new ApiError(problem);
}

export function problemOf(status: number, code: string): Problem {
  return { type: "about:blank", title: "", status, code, detail: "" };
}

function parse(text: string): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function isProblem(json: unknown): json is Problem {
  return typeof json === "object" && json !== null && "code" in json && "status" in json;
}
