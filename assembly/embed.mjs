/** Puts the compiled wasm into the package: as text to be inlined, and as a file of its own. Part of `npm run build`. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const wasm = readFileSync(path('../build/pickle.wasm'));
writeFileSync(
  path('../src/machine/wasm/bytes.ts'),
  `/** Made by \`npm run build\` from assembly/. Do not edit. */\nexport const WASM_BASE64 =\n  '${wasm.toString('base64')}';\n`,
);
mkdirSync(path('../dist'), { recursive: true });
copyFileSync(path('../build/pickle.wasm'), path('../dist/pickle.wasm'));
