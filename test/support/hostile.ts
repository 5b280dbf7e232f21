/** The catalogue of hostile input: `cases.tsv`, and the bytes of each case. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMaybeGzip } from './json-lines.ts';
import { losslessOfLiteral } from './python-literal.ts';
import { FIXTURES, shared } from './places.ts';

export interface HostileCase {
  readonly name: string;
  readonly byteLength: number;
  readonly want: Want;
}

/** What may come of a case. */
export interface Want {
  /** The table's own words. */
  readonly text: string;
  /** Codes of errors that are good. */
  readonly codes: readonly string[];
  /** Whether a value is good. */
  readonly ok: boolean;
  /** Whether any error is good: input of another format, where the code depends on its first bytes. */
  readonly anyError: boolean;
  /** Where the first code must point. */
  readonly offset: number | undefined;
  /** The value, as lossless JSON, where the table tells it. */
  readonly literal: { readonly node: unknown } | undefined;
}

/** Bytes used up, where the table tells them: `consumed=2`. */
export const consumedOf = (want: Want): number | undefined => {
  const found = /consumed=(\d+)/.exec(want.text);
  return found === null ? undefined : Number(found[1]);
};

/**
 * The forms of the column `want`: `CODE`, `CODE at 0`, `CODE or CODE`, `CODE, or CODE`, `CODE or ok ...`, `CODE (why)`,
 * `ok`, `ok LITERAL`, `ok (LITERAL)`, `ok: why`, `ok or CODE`, `ok (strict: CODE)`: strict reading is another matter.
 */
export function parseWant(text: string, offset: string, cpython: readonly string[]): Want {
  const withoutStrict = text.replace(/\(strict: \w+\)/, '').trim();
  const codes = withoutStrict.match(/\b(?:TRUNCATED|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b/g) ?? [];
  const anyError = /or other, with hint/.test(text);
  const ok = /^ok\b/.test(withoutStrict) || /\bor ok\b/.test(withoutStrict);
  return {
    text,
    codes,
    ok,
    anyError,
    offset: offset === '' ? (text.endsWith(' at 0') ? 0 : undefined) : Number(offset),
    literal: ok ? literalOf(withoutStrict, cpython) : undefined,
  };
}

/** The literal that the table wants; where it wants but `ok`, the one that CPython gives. */
function literalOf(want: string, cpython: readonly string[]): { readonly node: unknown } | undefined {
  const told = /^ok:? \(?(.*?)\)?$/.exec(want)?.[1] ?? '';
  const own = losslessOfLiteral(told.endsWith('(') ? `${told})` : told);
  if (own !== undefined) return own;
  for (const outcome of cpython) {
    // Long numbers are cut short there.
    if (outcome.startsWith('ok ') && !/\d{40}/.test(outcome)) return losslessOfLiteral(outcome.slice(3));
  }
  return undefined;
}

/** The table, from the fixtures, or from the shared folder where it is newer there. */
export function readHostileCases(): HostileCase[] {
  const path = shared('corpus', 'hostile', 'cases.tsv') ?? join(FIXTURES, 'hostile', 'cases.tsv');
  const [, ...lines] = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => {
    const [name, byteLength, want, offset, ...cpython] = line.split('\t') as [
      string,
      string,
      string,
      string,
      ...string[],
    ];
    return { name, byteLength: Number(byteLength), want: parseWant(want, offset ?? '', cpython) };
  });
}

/** The bytes of a case: from a folder, or made here; null where they are neither. */
export function bytesOfCase(name: string): Uint8Array | null {
  const make = LARGE[name];
  if (make !== undefined) return make();
  for (const folder of [join(FIXTURES, 'hostile', 'files'), shared('corpus', 'hostile', 'files')]) {
    const path = folder === null ? '' : join(folder, `${name}.bin`);
    if (path !== '' && (existsSync(path) || existsSync(`${path}.gz`))) return new Uint8Array(readMaybeGzip(path));
  }
  return null;
}

/** The same text, byte for byte. */
const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const repeat = (text: string, times: number): string => text.repeat(times);

function numbered(count: number, one: (i: number) => string): string {
  const parts: string[] = [];
  for (let i = 0; i < count; i++) parts.push(one(i));
  return parts.join('');
}

/** Protocol 4, the global `m.C` on the stack and in the memo under 0. */
const STUB = '\x80\x04\x8c\x01m\x8c\x01C\x93\x94';

/** Cases too large to keep, told by their rule. Their lengths are checked against the table. */
const LARGE: Readonly<Record<string, () => Uint8Array>> = {
  bomb_shared_bytes: () =>
    latin1(`\x80\x04B\x00\x00\x10\x00${repeat('b', 1 << 20)}\x940]\x94(${repeat('h\x00', 100_000)}e.`),
  bomb_shared_str: () =>
    latin1(`\x80\x04X\x00\x00\x10\x00${repeat('s', 1 << 20)}\x940]\x94(${repeat('h\x00', 100_000)}e.`),
  depth_list_1e6: () => latin1(`${repeat(']', 1e6)}${repeat('a', 1e6 - 1)}.`),
  depth_list_mark_1e6: () => latin1(`${repeat('(', 1e6)}${repeat('l', 1e6)}.`),
  depth_dict_1e6: () => latin1(`\x80\x04${repeat('}N', 1e6)}}${repeat('s', 1e6)}.`),
  depth_reduce_1e6: () =>
    latin1(`\x80\x04\x8c\x14${repeat('m', 20)}\x8c\x01C\x93\x940${repeat('h\x00', 1e6)}N${repeat('\x85R', 1e6)}.`),
  depth_marks_1e7: () => latin1(`${repeat('(', 1e7)}.`),
  stack_flood_1e7: () => latin1(`${repeat('N', 1e7)}.`),
  big_long4_1e7: () => latin1(`\x80\x02\x8b\x80\x96\x98\x00${repeat('\xff', 1e7)}.`),
  line_no_newline_1e7: () => latin1(`I${repeat('1', 1e7)}`),
  unicode_line_1e7: () => latin1(`V${repeat('a', 1e7)}\n.`),
  ops_none_pop_5e6: () => latin1(`${repeat('N0', 5e6)}N.`),
  ops_get_pop_3e6: () => latin1(`Nq\x00${repeat('h\x000', 3e6)}.`),
  appends_1e7: () => latin1(`](${repeat('N', 1e7)}e.`),
  reduce_calls_1e6: () => latin1(`${STUB}${repeat('0h\x00)R', 1e6)}.`),
  globals_1e5: () => latin1(`${numbered(1e5, (i) => `cm\nx${i}\n0`)}N.`),
  zip_65535_members: () => zipOfMembers(65_535),
};

/** A zip of empty, stored members. */
function zipOfMembers(count: number): Uint8Array {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    const name = Buffer.from(`archive/data/${i}`);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(at, 42);
    locals.push(local, name);
    centrals.push(central, name);
    at += local.length + name.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...locals, directory, end]));
}
