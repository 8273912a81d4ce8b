/** Builds the service worker to one classic script at /service-worker.js (scope /). */
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    outDir: "../../silkroad/web/console",
    emptyOutDir: false,
    target: "es2022",
    lib: {
      entry: "src/service-worker.ts",
      formats: ["iife"],
      name: "worker",
      fileName: () => "service-worker.js",
    },
  },
});
