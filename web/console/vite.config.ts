/** Builds the agents' console to silkroad/web/console; the server serves it at /. */
import { defineConfig } from "vite";

const server = "http://127.0.0.1:8420";

export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  build: {
    outDir: "../../silkroad/web/console",
    emptyOutDir: true,
    target: "es2022",
    // Browsers that know light-dark(); else the colours would be written out twice.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // Small files stay files: the page's policy has no room for fonts or scripts in data addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": server, "/live": { target: server, ws: true } } },
});
