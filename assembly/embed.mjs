/** Puts the compiled wasm into the package: as text to be inlined, and as a file of its own. Part of `npm run build`. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/**
 * Where the text of each module goes, and how it is written. Words on the command line pick among them:
 * `node assembly/embed.mjs convert`. In `packed` text a module takes 8.2 KB of a gzipped bundle, in hex 8.8, in Base64 10.7:
 * there its bytes no longer begin where characters do.
 */
const TARGETS = {
  pickle: ['../src/machine/wasm/packed.ts', 'WASM_PACKED', 'packed'],
  convert: ['../src/arrays/convert/bytes.ts', 'WASM_BASE64', 'base64'],
};

/**
 * A character for each byte that code has most, two for the others; src/machine/wasm/module.ts reads it. Bytes count from
 * 248 on, so that the first 88 are those up to 79. None of the characters is escaped in a string of JavaScript.
 */
function packed(wasm) {
  const character = (value) => ({ 4: '}', 57: '~', 61: ' ' })[value] ?? String.fromCharCode(35 + value);
  return Array.from(wasm, (byte) => {
    const rank = (byte + 8) & 255;
    return rank < 88 ? character(rank + 2) : character(Math.floor((rank - 88) / 90)) + character((rank - 88) % 90);
  }).join('');
}

const picked = process.argv.slice(2);
for (const [name, [target, constant, encoding]] of Object.entries(TARGETS)) {
  if (picked.length > 0 && !picked.includes(name)) continue;
  const wasm = readFileSync(path(`../build/${name}.wasm`));
  writeFileSync(
    path(target),
    `/** Made by \`npm run build\` from assembly/. Do not edit. */\nexport const ${constant} =\n  '${encoding === 'packed' ? packed(wasm) : wasm.toString(encoding)}';\n`,
  );
}

if (picked.length === 0) {
  mkdirSync(path('../dist'), { recursive: true });
  copyFileSync(path('../build/pickle.wasm'), path('../dist/pickle.wasm'));
}
