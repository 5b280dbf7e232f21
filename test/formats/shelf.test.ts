/** Shelves that Python writes. */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShelf } from '../../src/index.ts';
import { pythonBytes } from '../container/support.ts';
import { NO_PYTHON, python3 } from '../support/places.ts';

const folder = mkdtempSync(join(tmpdir(), 'shelf-'));
const path = join(folder, 'shelf');
const noPython = python3() === null;
const VALUES = [
  ['plain', 1],
  ['it\'s "odd" \\ \n', [2]],
  ['h\u00e9 \u{1f40d}', { a: 'b' }],
  ['__proto__', null],
] as const;

describe(`a shelf${noPython ? ` (${NO_PYTHON})` : ''}`, () => {
  beforeAll(() => {
    if (noPython) return;
    const script = `import dbm.dumb, json, shelve, sys
s = shelve.Shelf(dbm.dumb.open(${JSON.stringify(path)}, 'c'))
for key, value in json.load(sys.stdin): s[key] = value
s.close()`;
    pythonBytes(script, Buffer.from(JSON.stringify(VALUES)));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('of keys in another encoding says so', async () => {
    const other = join(folder, 'latin1');
    writeFileSync(`${other}.dir`, "'caf\\xe9', (0, 4)\n");
    writeFileSync(`${other}.dat`, 'I1\n.');
    await expect(openShelf(other)).rejects.toThrow(/UNSUPPORTED_CONTAINER.*no utf-8.*keyEncoding/);
    expect((await openShelf(other, { keyEncoding: 'latin1' })).keys()).toEqual(['caf\u00e9']);
  });

  it.skipIf(noPython)('gives its keys and values', async () => {
    const shelf = await openShelf(path);
    expect(shelf.size).toBe(VALUES.length);
    const found: unknown[] = [];
    for await (const entry of shelf) found.push(entry);
    expect(found).toEqual(VALUES);
    expect(await (await openShelf(`${path}.dat`)).get('plain')).toBe(1);
    expect(shelf.has('__proto__')).toBe(true);
    expect(await shelf.get('constructor')).toBeUndefined();
  });

  it.skipIf(noPython)('is refused where its data is cut short, or its index is none', async () => {
    truncateSync(`${path}.dat`, 10);
    const shelf = await openShelf(path);
    await expect(shelf.get('__proto__')).rejects.toMatchObject({ code: 'CONTAINER_TRUNCATED' });
    truncateSync(`${path}.dir`, 7);
    await expect(openShelf(path)).rejects.toMatchObject({ code: 'UNSUPPORTED_CONTAINER' });
  });
});
