/**
 * Writes `assembly/generated/` from `src/spec/`: opcode bytes, error numbers and the graph's layout.
 * Run by `npm run generate`; `--check` only tells whether the files are in step.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

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

const files = {
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
      console.error(`assembly/generated/${name} is out of step with src/spec/: npm run generate`);
      stale++;
    }
  } else writeFileSync(path, text);
}
process.exitCode = stale === 0 ? 0 : 1;
