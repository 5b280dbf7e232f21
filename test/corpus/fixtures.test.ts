/**
 * Drop in a file, gain a test: every `fixtures/pickles/NAME.pickle` is read and compared with `NAME.json`, the lossless
 * JSON of its value. Options stand in `NAME.options.json`, where there is one.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { load, loads, loadsPrefix, type DecodeOptions } from '../../src/index.ts';
import { toLossless } from '../support/as-truth.ts';
import { chunksOf } from '../support/chunks.ts';
import { ENGINES } from '../support/engines.ts';
import { readJson } from '../support/json-lines.ts';
import { sameLossless } from '../support/lossless-equal.ts';
import { FIXTURES } from '../support/places.ts';
import { filesIn, readBytes } from '../support/vectors.ts';

const folder = join(FIXTURES, 'pickles');
const names = filesIn(folder)
  .filter((name) => name.endsWith('.pickle'))
  .map((name) => name.slice(0, -'.pickle'.length));

function optionsOf(name: string): DecodeOptions {
  const path = join(folder, `${name}.options.json`);
  return { exact: true, globals: 'inert', ...(existsSync(path) ? (readJson(path) as DecodeOptions) : {}) };
}

describe.each(ENGINES)('fixtures/pickles, %s', (engine) => {
  it.each(names)('%s', async (name) => {
    const bytes = readBytes(join(folder, `${name}.pickle`));
    const options = { ...optionsOf(name), engine };
    const truth = readJson(join(folder, `${name}.json`));

    const whole = loadsPrefix(bytes, options);
    expect(whole.engine).toBe(engine);
    expect(sameLossless(toLossless(whole.value), truth), 'whole').toBe(true);
    expect(sameLossless(toLossless(await load(chunksOf(bytes, 7), options)), truth), 'in chunks').toBe(true);
    expect(sameLossless(toLossless(await load(join(folder, `${name}.pickle`), options)), truth), 'by its path').toBe(
      true,
    );
    expect(() => loads(bytes, { ...options, exact: false })).not.toThrow();
  });
});

describe('fixtures/pickles', () => {
  it('has a source for every pickle that others wrote', () => {
    const sources = new Set(
      new TextDecoder()
        .decode(readBytes(join(folder, 'SOURCES.tsv')))
        .split('\n')
        .map((line) => line.split('\t')[0]),
    );
    expect(names.filter((name) => !sources.has(`${name}.pickle`))).toEqual([]);
  });
});
