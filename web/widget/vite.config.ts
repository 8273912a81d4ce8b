/** Builds the three parts of the widget to silkroad/web/widget: the frame, the loader, the worker. */
import { defineConfig, type Plugin } from "vite";

const outDir = "../../silkroad/web/widget";

/** One classic script with a name that never changes, because pages all over the world link it. */
const script = (entry: string, name: string) => ({
  consumer: "client" as const,
  build: {
    outDir,
    emptyOutDir: false,
    copyPublicDir: false,
    rolldownOptions: { input: entry, output: { format: "iife" as const, entryFileNames: name } },
  },
});

/** Vite's helper preloads what a lazy part needs. Ours needs nothing, and every visitor would pay. */
const plainImport: Plugin = {
  name: "plain-import",
  enforce: "pre",
  load: (id) =>
    id === "\0vite/preload-helper.js" ? "export const __vitePreload = (part) => part();" : null,
};

/** What a visitor always needs is one file, because one packs smaller than two that share words. */
const together = { groups: [{ name: "frame", tags: ["$initial" as const] }] };

export default defineConfig({
  root: import.meta.dirname,
  base: "/widget/",
  publicDir: false,
  plugins: [plainImport],
  build: { target: "es2022", modulePreload: false },
  environments: {
    client: {
      build: {
        outDir,
        emptyOutDir: true,
        rolldownOptions: { input: "frame.html", output: { codeSplitting: together } },
      },
    },
    loader: script("src/loader/main.ts", "widget.js"),
    worker: script("src/service-worker.ts", "visitor-worker.js"),
  },
  builder: {
    async buildApp(builder) {
      for (const part of Object.values(builder.environments)) await builder.build(part);
    },
  },
});
