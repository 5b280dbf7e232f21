/**
 * Writes `assembly/generated/` from `src/spec/`: opcode bytes, error numbers and the graph's layout.
 * Run by `npm run generate`, after a build; `--check` only tells whether the files are in step.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as abi from '../dist/spec/abi.js';
import { ERRORS } from '../dist/spec/errors.js';
import * as layout from '../dist/spec/layout.js';
import { OPCODES } from '../dist/spec/opcodes.js';

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
