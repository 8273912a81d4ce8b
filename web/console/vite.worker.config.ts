/**
 * Builds the service worker to one classic script at /service-worker.js (scope /), after the
 * console: it carries the list of the console's files, whose hash is the version of its cache.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { defineConfig } from "vite";
import en from "./src/words/en.ts";
import sq from "./src/words/sq.ts";
import zh from "./src/words/zh-CN.ts";

const built = join(import.meta.dirname, "../../silkroad/web/console");

function filesBelow(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]))
    .filter((path) => !path.endsWith("service-worker.js"));
}

function shell() {
  const paths = filesBelow(built);
  const hash = createHash("sha256");
  for (const path of paths) hash.update(readFileSync(path));
  const files = paths.map((path) => `/${relative(built, path)}`);
  return { version: hash.digest("hex").slice(0, 12), files };
}

const wakeWords = (words: typeof en) => ({ title: words["wake.title"], body: words["wake.body"] });

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  define: {
    SHELL: JSON.stringify(shell()),
    WORDS: JSON.stringify({ en: wakeWords(en), "zh-CN": wakeWords(zh), sq: wakeWords(sq) }),
  },
  build: {
    outDir: built,
    emptyOutDir: false,
    target: "es2022",
    minify: true,
    lib: {
      entry: "src/service-worker.ts",
      formats: ["iife"],
      name: "worker",
      fileName: () => "service-worker.js",
    },
  },
});
