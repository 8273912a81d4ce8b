/** Builds the agents' console to silkroad/web/console; the server serves it at /. */
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  build: { outDir: "../../silkroad/web/console", emptyOutDir: true, target: "es2022" },
  server: {
    proxy: {
      "/api": "http://127.0.0.1:8420",
      "/live": { target: "ws://127.0.0.1:8420", ws: true },
    },
  },
});
