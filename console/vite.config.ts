import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import vue from "@vitejs/plugin-vue";
import type { Plugin } from "vite";
import vuetify from "vite-plugin-vuetify";
import { defineConfig } from "vitest/config";

const API = process.env.REMUNER_API ?? "http://127.0.0.1:8000";
const WORTH_IT = 1024;

/** Puts a .br and a .gz beside each file that is worth it, when all is written; the servers send them as they are. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    async writeBundle({ dir = "" }, bundle) {
      for (const fileName of Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name))) {
        const file = join(dir, fileName);
        const source = await readFile(file);
        if (source.length < WORTH_IT) continue;
        const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
        await writeFile(`${file}.br`, brotliCompressSync(source, { params }));
        await writeFile(`${file}.gz`, gzipSync(source, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  plugins: [vue(), vuetify({ autoImport: true }), compressed()],
  // The server puts a new nonce in its place in each answer; Vuetify needs one for the style sheet of its theme.
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    outDir: "../src/remuner/console",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/v1": { target: API }, "/problems": { target: API }, "/docs": { target: API } },
  },
  test: { environment: "happy-dom", include: ["tests/**/*.test.ts"], server: { deps: { inline: ["vuetify"] } } },
});
