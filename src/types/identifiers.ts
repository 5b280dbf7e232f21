/** Modules uuid, pathlib, ipaddress and re: values that are known by their text. */
import { pickleError } from '../spec/pickle-error.ts';
import type { TypeFamily } from '../spec/options.ts';
import { PyObject } from '../values/py.ts';
import { parse4, parse6 } from './stdlib/addresses.ts';
import { fieldsOf, intOf, made, madeOf, smallIntOf } from './stdlib/arguments.ts';
import { PyAddress, PyPath, PyPattern, PyUUID, type AddressKind, type PathKind } from './stdlib/identifiers.ts';
import { IDENTIFIER_REDUCERS } from './stdlib/reduce-identifiers.ts';
import { splitPosix, splitWindows } from './stdlib/paths.ts';

const PATHS: readonly PathKind[] = ['Path', 'PosixPath', 'PurePath', 'PurePosixPath', 'PureWindowsPath', 'WindowsPath'];
const ADDRESSES: readonly AddressKind[] = [
  'IPv4Address',
  'IPv4Interface',
  'IPv4Network',
  'IPv6Address',
  'IPv6Interface',
  'IPv6Network',
];

export const identifiers: TypeFamily = {
  name: 'identifiers',
  get types(): TypeFamily['types'] {
    return [
      ['uuid', 'UUID', made(uuid, { setState: setUuid })],
      // Python 3.13 has moved them.
      ...['pathlib', 'pathlib._local'].flatMap((module) =>
        PATHS.map((kind) => [module, kind, madeOf((args) => path(kind, args))] as const),
      ),
      ...ADDRESSES.map((kind) => ['ipaddress', kind, madeOf((args) => address(kind, args))] as const),
      ['re', '_compile', madeOf(pattern)],
    ];
  },
  reducers: IDENTIFIER_REDUCERS,
};

/** NEWOBJ with a state to come, or a call with 32 hex digits, as its constructor takes them. */
function uuid(args: readonly unknown[], kwargs: ReadonlyMap<unknown, unknown>): PyUUID | undefined {
  if (args.length === 0 && kwargs.size === 0) return new PyUUID(0n);
  const [text] = args;
  if (args.length !== 1 || kwargs.size > 0 || typeof text !== 'string') return undefined;
  const hex = text
    .replaceAll('urn:', '')
    .replaceAll('uuid:', '')
    .replaceAll(/^[{}]+|[{}]+$/g, '')
    .replaceAll('-', '');
  return /^[0-9a-f]{32}$/i.test(hex) ? new PyUUID(BigInt(`0x${hex}`)) : undefined;
}

/** The state is `{int, is_safe?}`; is_safe is 0, -1 or None, or a call of the enum SafeUUID with that. */
function setUuid(target: unknown, state: unknown): void {
  const fields = fieldsOf(state);
  const int = intOf(fields?.get('int'));
  if (int === undefined || int < 0n || int >> 128n !== 0n) throw pickleError('INVALID_STATE', { offset: -1 });
  const told = fields?.get('is_safe');
  const safe = told instanceof PyObject ? told.args[0] : told;
  const isSafe = smallIntOf(safe, -1, 0) === undefined ? 'unknown' : Number(safe) === 0 ? 'safe' : 'unsafe';
  // The one time that it is written to: Python's UUIDs get their state the same way.
  Object.assign(target as PyUUID, { int, isSafe });
}

function path(kind: PathKind, args: readonly unknown[]): PyPath | undefined {
  if (!args.every((arg) => typeof arg === 'string')) return undefined;
  return new PyPath(kind, kind.includes('Windows') ? splitWindows(args) : splitPosix(args));
}

function address(kind: AddressKind, args: readonly unknown[]): PyAddress | undefined {
  const bits = kind.startsWith('IPv4') ? 32 : 128;
  const [given] = args;
  if (args.length !== 1) return undefined;
  const [host, prefix] = partsOf(given);
  const scoped = typeof host === 'string' && bits === 128 ? /^([^%]*)(?:%([^%/]+))?$/.exec(host) : null;
  if (typeof host === 'string' && bits === 128 && scoped === null) return undefined;
  const text = scoped?.[1] ?? host;
  const int = typeof text === 'string' ? (bits === 32 ? parse4(text) : parse6(text)) : intOf(text);
  if (int === undefined || int < 0n || int >> BigInt(bits) !== 0n) return undefined;
  if (kind.endsWith('Address')) {
    return prefix === undefined ? new PyAddress(kind, int, null, scoped?.[2] ?? null) : undefined;
  }
  const length = prefix === undefined ? bits : smallIntOf(prefix, 0, bits);
  if (length === undefined) return undefined;
  const hostBits = (1n << BigInt(bits - length)) - 1n;
  if (kind.endsWith('Network') && (int & hostBits) !== 0n) return undefined;
  return new PyAddress(kind, int, length, scoped?.[2] ?? null);
}

/** Host and length of the prefix: of an int, of `host/length`, or of a pair. */
function partsOf(given: unknown): readonly [host: unknown, prefix: unknown] {
  if (Array.isArray(given)) return given.length === 2 ? [given[0], given[1]] : [undefined, undefined];
  if (typeof given !== 'string') return [given, undefined];
  const slash = given.indexOf('/');
  if (slash < 0) return [given, undefined];
  const length = given.slice(slash + 1);
  return [given.slice(0, slash), /^\d{1,3}$/.test(length) ? Number(length) : length];
}

/** `re._compile(pattern, flags)`. */
function pattern(args: readonly unknown[]): PyPattern | undefined {
  const [source, given] = args;
  const flags = smallIntOf(given, 0, 0xffff);
  if (args.length !== 2 || flags === undefined) return undefined;
  return typeof source === 'string' || source instanceof Uint8Array ? new PyPattern(source, flags) : undefined;
}
