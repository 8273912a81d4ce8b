/** Which page the address bar means, and how to go to another; the console's whole router. */
import { signal } from "@preact/signals";
import type { Filter } from "../../wire/wire.ts";

export const filters: readonly Filter[] = ["mine", "unassigned", "all", "waiting", "closed"];
const sections = [
  "profile",
  "security",
  "privacy",
  "devices",
  "members",
  "inboxes",
  "third-parties",
  "exceptions",
  "assessments",
  "requests",
] as const;
const plain = ["sign-in", "sign-up", "setup", "join", "operator"] as const;

export type Section = (typeof sections)[number];
export type Route =
  | { page: "list"; filter: Filter; inbox: string | null }
  | { page: "conversation"; id: string }
  | { page: "settings"; section: Section; id: string | null }
  | { page: (typeof plain)[number] }
  | { page: "nowhere" };

export function parse(address: string): Route {
  const url = new URL(address, "http://console");
  const [first = "", second, third] = url.pathname.split("/").filter(Boolean).map(decode);
  if (first === "") return list(url.searchParams);
  if (first === "c" && second) return { page: "conversation", id: second };
  if (first === "settings") {
    const section = sections.find((name) => name === (second ?? "profile"));
    return section ? { page: "settings", section, id: third ?? null } : { page: "nowhere" };
  }
  const page = plain.find((name) => name === first);
  return page && !second ? { page } : { page: "nowhere" };
}

function list(search: URLSearchParams): Route {
  const filter = filters.find((name) => name === search.get("filter"));
  return { page: "list", filter: filter ?? "all", inbox: search.get("inbox") };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function listPath(filter: Filter, inbox: string | null): string {
  const search = new URLSearchParams();
  if (filter !== "all") search.set("filter", filter);
  if (inbox) search.set("inbox", inbox);
  return search.size > 0 ? `/?${search}` : "/";
}

export const conversationPath = (id: string) => `/c/${encodeURIComponent(id)}`;
export const settingsPath = (section: Section, id?: string) =>
  `/settings/${section}${id ? `/${encodeURIComponent(id)}` : ""}`;

export const route = signal<Route>({ page: "nowhere" });

export function go(path: string, { replace = false } = {}) {
  history[replace ? "replaceState" : "pushState"](null, "", path);
  route.value = parse(path);
}

/** Takes the secret out of the fragment; it must not stay in the address bar or the history. */
export function takeToken(): string {
  const token = location.hash.slice(1);
  if (token) history.replaceState(null, "", location.pathname + location.search);
  return token;
}

export function startRouter() {
  route.value = parse(location.href);
  addEventListener("popstate", () => {
    route.value = parse(location.href);
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || !ours(link, event)) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}

/** A plain click on a link to one of our pages; everything else is the browser's business. */
function ours(link: HTMLAnchorElement, event: MouseEvent): boolean {
  if (event.defaultPrevented || event.button !== 0) return false;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  if (link.target || link.hasAttribute("download") || link.origin !== location.origin) return false;
  return parse(link.href).page !== "nowhere";
}
