/** Puts the compiled wasm into the package: as text to be inlined, and as a file of its own. Part of `npm run build`. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/**
 * Where the text of each module goes, and how it is written. Words on the command line pick among them:
 * `node assembly/embed.mjs convert`. In hex a module takes 8.7 KB of a gzipped bundle, in Base64 10.7: there its bytes no
 * longer begin where characters do.
 */
const TARGETS = {
  pickle: ['../src/machine/wasm/hex.ts', 'WASM_HEX', 'hex'],
  convert: ['../src/arrays/convert/bytes.ts', 'WASM_BASE64', 'base64'],
};

const picked = process.argv.slice(2);
for (const [name, [target, constant, encoding]] of Object.entries(TARGETS)) {
  if (picked.length > 0 && !picked.includes(name)) continue;
  const wasm = readFileSync(path(`../build/${name}.wasm`));
  writeFileSync(
    path(target),
    `/** Made by \`npm run build\` from assembly/. Do not edit. */\nexport const ${constant} =\n  '${wasm.toString(encoding)}';\n`,
  );
}

if (picked.length === 0) {
  mkdirSync(path('../dist'), { recursive: true });
  copyFileSync(path('../build/pickle.wasm'), path('../dist/pickle.wasm'));
}
