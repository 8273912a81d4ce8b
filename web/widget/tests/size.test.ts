// The budget: a stranger's page pays 3 KB for the bubble, a visitor 20 KB for the whole chat with
// all its languages. Measured over a fresh build, compressed as the server does it.

import { gzipSync } from "node:zlib";
import { createBuilder, type Rolldown } from "vite";
import { beforeAll, expect, test, vi } from "vitest";

const KB = 1_000;
const files = new Map<string, Rolldown.OutputChunk | Rolldown.OutputAsset>();

beforeAll(async () => {
  vi.stubEnv("NODE_ENV", "production");
  const configFile = new URL("../vite.config.ts", import.meta.url).pathname;
  const build = { write: false };
  const builder = await createBuilder({ configFile, build, logLevel: "error" }, null);
  for (const part of Object.values(builder.environments)) {
    const { output } = (await builder.build(part)) as Rolldown.RolldownOutput;
    for (const file of output) files.set(file.fileName, file);
  }
}, 60_000);

test("the loader stays under 3 KB and keeps its name", () => {
  expect(packed("widget.js")).toBeLessThanOrEqual(3 * KB);
});

test("all that the frame loads stays under 20 KB", () => {
  const loaded = ["frame.html", ...linked(text("frame.html"))];
  expect(loaded.filter((name) => name.endsWith(".js"))).toHaveLength(1);
  expect(loaded.filter((name) => name.endsWith(".css"))).toHaveLength(1);
  const [script] = loaded.filter((name) => name.endsWith(".js"));
  const chunk = files.get(script ?? "") as Rolldown.OutputChunk;
  const all = new Set([...loaded, ...chunk.imports]);
  const sum = [...all].reduce((bytes, name) => bytes + packed(name), 0);
  expect(sum).toBeLessThanOrEqual(20 * KB);
});

test("the page needs nothing that its content security policy forbids", () => {
  const page = text("frame.html");
  expect(page).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\son\w+=|style=/);
  expect(linked(page).every((name) => name.startsWith("assets/"))).toBe(true);
});

test("the worker keeps its name", () => {
  expect(text("visitor-worker.js")).toContain("push");
});

function text(name: string): string {
  const file = files.get(name);
  if (!file) throw new Error(`${name} was not built`);
  return file.type === "chunk" ? file.code : String(file.source);
}

function packed(name: string): number {
  return gzipSync(text(name), { level: 9 }).length;
}

function linked(page: string): string[] {
  return [...page.matchAll(/(?:src|href)="\/widget\/([^"]+)"/g)].map((found) => found[1] ?? "");
}
