/**
 * Hostile input in containers and of other formats: the code that the catalogue wants, or one that a forged file allows,
 * within a second and 256 MB of heap.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { load } from '../../src/index.ts';
import { pythonBytes } from '../container/support.ts';
import { ENGINES } from '../support/engines.ts';
import { Failures } from '../support/failures.ts';
import { bytesOfCase, readHostileCases } from '../support/hostile.ts';
import { outcomeOfAsync, tell, type Outcome } from '../support/outcome.ts';
import { ROOT } from '../support/places.ts';
import { forged, type Forged } from './forged.ts';

const MAX_MILLISECONDS = 1000;

/** Where the catalogue tells no code. */
const CODES: Readonly<Record<string, string>> = {
  // The name is told in the error; nothing is ever written.
  zip_traversal: 'CONTAINER_CHECKSUM',
  zip_eocd_only: 'UNSUPPORTED_CONTAINER',
};

const catalogue: Forged[] = readHostileCases()
  .filter(({ name }) => /^(?:gzip|zlib|zstd|zip|npy)_/.test(name))
  .map(({ name, want }) => ({ name, bytes: bytesOfCase(name)!, codes: [...want.codes, CODES[name] ?? ''] }));

/** 256 MiB of zeros by each of Python's compressions. lz4 makes 250th parts, which the ratio may allow. */
const BOMBS = ['bz2.compress(data)', 'lzma.compress(data)', 'lzma.compress(data, format=lzma.FORMAT_ALONE)']
  .concat(['zstandard.compress(data)', 'lz4.frame.compress(data)', 'gzip.compress(bz2.compress(data))'])
  .map(
    (expression) =>
      [
        expression,
        pythonBytes(
          `import sys,bz2,gzip,lzma\nfor m in 'zstandard','lz4.frame':\n try: __import__(m)\n except ImportError: pass\nzstandard,lz4=sys.modules.get('zstandard'),sys.modules.get('lz4')\ndata=bytes(2**28)\nsys.stdout.buffer.write(${expression})`,
        ),
      ] as const,
  )
  .flatMap(([name, bytes]) =>
    bytes === null ? [] : [{ name, bytes, codes: ['LIMIT_INFLATED', /lz4/.test(name) ? 'UNKNOWN_OPCODE' : ''] }],
  );

const all = [...catalogue, ...forged(), ...BOMBS];

/** The least time of three, by the wall's clock or the processor's. */
async function timed(run: () => Promise<unknown>): Promise<{ readonly got: Outcome; readonly milliseconds: number }> {
  let best = Infinity;
  for (let attempt = 0; ; attempt++) {
    const begin = performance.now();
    const used = process.cpuUsage();
    const got = await outcomeOfAsync(run);
    const { user, system } = process.cpuUsage(used);
    best = Math.min(best, performance.now() - begin, (user + system) / 1000);
    if (best <= MAX_MILLISECONDS || attempt === 2) return { got, milliseconds: best };
  }
}

it('has the containers of the catalogue', () => {
  expect(catalogue.length).toBe(14);
});

describe.each(ENGINES)('hostile containers, %s', (engine) => {
  it('get the code that is wanted, within a second', { timeout: 300_000 }, async () => {
    const failures = new Failures();
    for (const { name, bytes, codes } of all) {
      const { got, milliseconds } = await timed(() => load(bytes, { engine }));
      failures.note(
        name,
        got.kind === 'error' && codes.includes(got.code) ? null : `${tell(got)}, wanted ${String(codes)}`,
      );
      failures.note(name, milliseconds > MAX_MILLISECONDS ? `takes ${Math.round(milliseconds)} ms` : null);
    }
    failures.report();
  });

  it('stay within 256 MB of heap', { timeout: 300_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
    try {
      for (const [i, { bytes }] of all.entries()) writeFileSync(join(folder, `${i}.bin`), bytes);
      const child = spawnSync(
        process.execPath,
        ['--max-old-space-size=256', join(ROOT, 'test', 'hostile', 'child.mjs'), engine, folder, 'load'],
        { encoding: 'utf8', input: '{}' },
      );
      expect(child.stderr.slice(-2000)).toBe('');
      const told = JSON.parse(child.stdout.trim().split('\n').at(-1)!) as { maxRssMegabytes: number };
      expect(told).toMatchObject({ cases: all.length, foreign: [] });
      expect(told.maxRssMegabytes).toBeLessThan(1024);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

it('the name of a member that leads elsewhere is told', async () => {
  const bytes = bytesOfCase('zip_traversal')!;
  await expect(load(bytes)).rejects.toThrow(/\.\.\//);
});
