/**
 * Hostile input: the answer that the catalogue wants, within a second and 256 MB of heap, from every engine.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadAll, loads, loadsPrefix, type DecodeOptions } from '../../src/index.ts';
import { toLossless } from '../support/as-truth.ts';
import { HOSTILE_GAPS, MENDED_MILLISECONDS, SLOW_GAPS } from '../known-gaps.ts';
import { ENGINES } from '../support/engines.ts';
import { Failures } from '../support/failures.ts';
import { bytesOfCase, consumedOf, readHostileCases, type HostileCase } from '../support/hostile.ts';
import { sameLossless } from '../support/lossless-equal.ts';
import { outcomeOf, shorten, tell, type Outcome } from '../support/outcome.ts';
import { ROOT } from '../support/places.ts';

const MAX_MILLISECONDS = 1000;

interface Prepared {
  readonly one: HostileCase;
  readonly bytes: Uint8Array;
}

const prepared: Prepared[] = [];
const missing: string[] = [];
/** `load` opens these, not `loads`: see containers.test.ts. */
const CONTAINERS = /^(?:gzip|zlib|zstd|zip|npy)_/;
for (const one of readHostileCases()) {
  if (CONTAINERS.test(one.name)) continue;
  const bytes = bytesOfCase(one.name);
  if (bytes === null) missing.push(one.name);
  else prepared.push({ one, bytes });
}

/** Options that a case is about. All others are read with none. */
const OPTIONS: Readonly<Record<string, DecodeOptions>> = {
  // The policy that forbids, not the limit on a name's length, is what this case is about.
  global_1e6_dots: { globals: 'strict', limits: { maxGlobalNameBytes: Infinity } },
  quad_long_text_4301: { limits: { maxIntDigits: 4301 } },
};

/** What the raised limits of `OPTIONS` refuse when they are not raised. */
const REFUSED_BY_DEFAULT: Readonly<Record<string, string>> = {
  global_1e6_dots: 'FORBIDDEN_GLOBAL',
  quad_long_text_4301: 'LIMIT_INT_DIGITS',
};

const bytesNamed = (name: string): Uint8Array => prepared.find(({ one }) => one.name === name)!.bytes;

/** What is wrong with an answer, or null. */
function problemOf({ want }: HostileCase, got: Outcome): string | null {
  if (got.kind === 'foreign') return tell(got);
  if (got.kind === 'value' && want.ok) return null;
  const wanted = `${tell(got)}, wanted ${want.text}${want.offset === undefined ? '' : ` at ${want.offset}`}`;
  if (want.text === 'by encoding option') {
    return got.kind === 'error' && got.code === 'UNDECODABLE_STRING' ? null : wanted;
  }
  if (got.kind === 'value') return wanted;
  if (want.anyError && got.code !== 'UNKNOWN_OPCODE') {
    // Another error than that of an unknown opcode has to say that this may be no pickle at all.
    return /It looks like|is no pickle/.test(got.message) ? null : `${wanted}: ${got.message}`;
  }
  if (!want.codes.includes(got.code)) return wanted;
  // The offset is that of the first code; another good code may stand elsewhere.
  if (want.offset !== undefined && got.code === want.codes[0] && got.offset !== want.offset) return wanted;
  return null;
}

/**
 * The least time that one reading takes, of up to three, by the wall's clock or by the processor's: other work on the
 * machine is not what is measured.
 */
function timed<T>(run: () => T): { readonly result: T; readonly milliseconds: number } {
  let best = Infinity;
  for (let attempt = 0; ; attempt++) {
    const begin = performance.now();
    const used = process.cpuUsage();
    const result = run();
    const { user, system } = process.cpuUsage(used);
    best = Math.min(best, performance.now() - begin, (user + system) / 1000);
    if (best <= MAX_MILLISECONDS || attempt === 2) return { result, milliseconds: best };
  }
}

/** What is wrong with the time that a case takes, if anything. */
function slownessOf(name: string, engine: string, milliseconds: number): string | null {
  const gap = SLOW_GAPS[engine]?.[name];
  if (gap !== undefined && milliseconds < MENDED_MILLISECONDS) return 'is a slow case that is mended: strike it off';
  const bound = gap === undefined ? MAX_MILLISECONDS : 1000 * gap.seconds;
  return milliseconds > bound ? `takes ${Math.round(milliseconds)} ms` : null;
}

describe('the catalogue', () => {
  it('has the bytes of every case, as long as it says', () => {
    expect(missing.filter((name) => !(name in HOSTILE_GAPS))).toEqual([]);
    const wrong = prepared.filter(({ one, bytes }) => one.byteLength !== bytes.length).map(({ one }) => one.name);
    expect(wrong).toEqual([]);
    expect(prepared.length).toBeGreaterThan(600);
  });

  it('has every known gap, and every case with options', () => {
    const names = new Set(readHostileCases().map((one) => one.name));
    expect([...Object.keys(HOSTILE_GAPS), ...Object.keys(OPTIONS)].filter((name) => !names.has(name))).toEqual([]);
  });
});

describe.each(ENGINES)('hostile input, %s', (engine) => {
  it('gets the answer that is wanted, at its offset, within a second', { timeout: 300_000 }, () => {
    const failures = new Failures();
    for (const { one, bytes } of prepared) {
      const options: DecodeOptions = { ...OPTIONS[one.name], engine };
      const { result, milliseconds } = timed(() => outcomeOf(() => loadsPrefix(bytes, options)));
      let problem = problemOf(one, result);
      const consumed = consumedOf(one.want);
      if (problem === null && result.kind === 'value' && consumed !== undefined) {
        const { bytesUsed } = result.value as { bytesUsed: number };
        if (bytesUsed !== consumed) problem = `${bytesUsed} bytes used, wanted ${consumed}`;
      }
      if (one.name in HOSTILE_GAPS) {
        if (result.kind === 'foreign') failures.note(one.name, tell(result));
        else failures.note(one.name, problem === null ? 'is a known gap that has closed: strike it off' : null);
      } else failures.note(one.name, problem);
      failures.note(one.name, slownessOf(one.name, engine, milliseconds));
    }
    failures.report();
  });

  it('is refused by the limits that are set by default, where the wanted answer needs them raised', () => {
    const failures = new Failures();
    for (const { one, bytes } of prepared) {
      const code = REFUSED_BY_DEFAULT[one.name];
      if (code === undefined) continue;
      const got = outcomeOf(() => loads(bytes, { engine }));
      failures.note(one.name, got.kind === 'error' && got.code === code ? null : `${tell(got)}, wanted ${code}`);
    }
    failures.report();
  });

  it('gives the value that the table or CPython tells, exactly', { timeout: 300_000 }, () => {
    const failures = new Failures();
    for (const { one, bytes } of prepared) {
      if (!one.want.ok || one.name in HOSTILE_GAPS) continue;
      const { result: got, milliseconds } = timed(() =>
        outcomeOf(() => loads(bytes, { exact: true, globals: 'inert', ...OPTIONS[one.name], engine })),
      );
      failures.note(one.name, slownessOf(one.name, engine, milliseconds));
      if (got.kind !== 'value') failures.note(one.name, problemOf(one, got));
      else if (one.want.literal !== undefined) {
        const node = toLossless(got.value);
        // A NaN is written `nan`, whatever its sign.
        const same = sameLossless(node, one.want.literal.node, { anyNan: true });
        failures.note(one.name, same ? null : `${shorten(node)}, wanted ${shorten(one.want.literal.node)}`);
      }
    }
    failures.report();
  });

  it('makes text of high bytes by the encoding that is asked for', () => {
    const failures = new Failures();
    for (const { one, bytes } of prepared) {
      if (one.want.text !== 'by encoding option') continue;
      const text = outcomeOf(() => loads(bytes, { engine, encoding: 'latin1' }));
      failures.note(one.name, text.kind === 'value' && typeof text.value === 'string' ? null : tell(text));
      const raw = outcomeOf(() => loads(bytes, { engine, encoding: 'bytes' }));
      failures.note(one.name, raw.kind === 'value' && raw.value instanceof Uint8Array ? null : tell(raw));
    }
    failures.report();
  });

  it('takes hostile keys for what they are: own entries, no changed prototype, order kept', () => {
    const failures = new Failures();
    for (const { one, bytes } of prepared) {
      if (!one.name.startsWith('key_name_') || one.name === 'key_name_attr_proto') continue;
      const key = one.name === 'key_name_empty' ? '' : one.name.slice('key_name_'.length);
      const value = loads(bytes, { engine }) as Record<string, unknown>;
      const entries = value instanceof Map ? [...value] : Object.entries(value);
      // As JSON.parse does: keys that are array indexes come first in a plain object.
      const isIndex = /^(?:0|[1-9]\d*)$/.test(key) && Number(key) < 2 ** 32 - 1;
      const wanted = isIndex && !(value instanceof Map) ? [key, 'z'] : ['z', key];
      const keys = entries.map(([name]) => name);
      failures.note(one.name, JSON.stringify(keys) === JSON.stringify(wanted) ? null : `keys ${JSON.stringify(keys)}`);
      const plain = value instanceof Map || Object.getPrototypeOf(value) === Object.prototype;
      failures.note(one.name, plain ? null : 'has another prototype');
      const inner = new Map<unknown, unknown>(entries).get(key) as { polluted?: unknown };
      failures.note(one.name, inner?.polluted === true ? null : `holds ${shorten(inner)}`);
      failures.note(
        one.name,
        ({} as { polluted?: unknown }).polluted === undefined ? null : 'changed Object.prototype',
      );
    }
    failures.report();
  });

  it('keeps what is shared instead of expanding it', () => {
    for (const name of ['bomb_shared_bytes', 'bomb_shared_str']) {
      const items = loads(bytesNamed(name), { engine }) as unknown[];
      expect(items).toHaveLength(100_000);
      expect(
        items.every((item) => item === items[0]),
        name,
      ).toBe(true);
    }
    for (const name of ['bomb_dup_30x2', 'bomb_memo_list_30', 'bomb_memo_list_200', 'bomb_tuple_30']) {
      let level = loads(bytesNamed(name), { engine });
      let depth = 0;
      for (; Array.isArray(level) && level.length > 0; level = level[0] as unknown) {
        const [first] = level as unknown[];
        // Empty tuples are one in Python, and nothing that could be told apart there.
        const empty = Array.isArray(first) && first.length === 0;
        if (!empty)
          expect(
            (level as unknown[]).filter((item) => item !== first),
            name,
          ).toEqual([]);
        depth++;
      }
      expect(depth, name).toBeGreaterThanOrEqual(30);
    }
  });

  it('reads a hundred thousand pickles of one stream within a second', { timeout: 60_000 }, async () => {
    const bytes = bytesNamed('multi_stream_1e5');
    const begin = performance.now();
    const used = process.cpuUsage();
    let count = 0;
    for await (const value of loadAll(bytes, { engine })) {
      if (value === null) count++;
    }
    expect(count).toBe(100_000);
    const { user, system } = process.cpuUsage(used);
    expect(Math.min(performance.now() - begin, (user + system) / 1000)).toBeLessThan(MAX_MILLISECONDS);
  });

  it('stays within 256 MB of heap', { timeout: 300_000 }, () => {
    if (!existsSync(join(ROOT, 'dist', 'index.js'))) expect.fail('there is no dist: npm run build');
    const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
    try {
      for (const { one, bytes } of prepared) writeFileSync(join(folder, `${one.name}.bin`), bytes);
      const child = spawnSync(
        process.execPath,
        ['--max-old-space-size=256', join(ROOT, 'test', 'hostile', 'child.mjs'), engine, folder],
        {
          encoding: 'utf8',
          input: JSON.stringify(OPTIONS, (_, value: unknown) => (value === Infinity ? 1e300 : value)),
        },
      );
      expect(child.stderr.slice(-2000)).toBe('');
      expect(child.status, child.stdout.slice(-500)).toBe(0);
      expect(JSON.parse(child.stdout.trim().split('\n').at(-1)!)).toMatchObject({
        cases: prepared.length,
        foreign: [],
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
