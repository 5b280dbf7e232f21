/**
 * Writes `assembly/generated/` from `src/spec/`: opcode bytes, error numbers and the graph's layout. And the opcodes' names
 * for the decoder, which needs no more of their table.
 * Run by `npm run generate`; `--check` only tells whether the files are in step.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const spec = await build({
  stdin: {
    contents: `export * as abi from './abi.ts'; export { ERRORS } from './errors.ts';
      export * as layout from './layout.ts'; export { OPCODES } from './opcodes.ts';`,
    resolveDir: fileURLToPath(new URL('../src/spec/', import.meta.url)),
  },
  bundle: true,
  format: 'esm',
  write: false,
});
const { abi, ERRORS, layout, OPCODES } = await import(
  `data:text/javascript;base64,${Buffer.from(spec.outputFiles[0].contents).toString('base64')}`
);

const head = '// Made by `npm run generate` from src/spec/. Do not edit.\n';
const hex = (value) => `0x${value.toString(16)}`;
const constant = (name, type, value) => `export const ${name}: ${type} = ${value};\n`;

const inAscii = OPCODES.filter(({ code }) => code < 0x80);
const beyond = OPCODES.filter(({ code }) => code >= 0x80);
if (beyond.some(({ code }, i) => code !== 0x80 + i)) throw new Error('the opcodes from 0x80 on have gaps');

const files = {
  '../../src/spec/opcode-names.ts': [
    '\n/** The opcodes of ASCII as characters, each with its name behind it; and the names of those from 0x80 on. */\n',
    'export const OPCODE_NAMES = `\n',
    ...inAscii.map(({ name, code }) => `  ${String.fromCharCode(code)}${name}\n`),
    '`;\n\nexport const NAMES_FROM_80 = `\n',
    ...beyond.map(({ name }) => `  ${name}\n`),
    '`;\n',
  ],
  'abi.ts': Object.entries(abi).map(([name, value]) => constant(name, 'usize', hex(value))),
  'opcodes.ts': OPCODES.map(({ name, code }) => constant(name, 'u32', hex(code))),
  'errors.ts': Object.entries(ERRORS).map(([name, { number }]) => constant(name, 'i32', number)),
  'layout.ts': Object.entries(layout).map(([name, value]) => constant(name, 'u32', value)),
};

let stale = 0;
for (const [name, lines] of Object.entries(files)) {
  const path = fileURLToPath(new URL(`generated/${name}`, import.meta.url));
  const text = head + lines.join('');
  if (process.argv.includes('--check')) {
    if (readFileSync(path, 'utf8') !== text) {
      console.error(`${relative(ROOT, path)} is out of step with src/spec/: npm run generate`);
      stale++;
    }
  } else writeFileSync(path, text);
}
process.exitCode = stale === 0 ? 0 : 1;
