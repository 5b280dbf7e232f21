/** What is written as text in Python: UUIDs, paths, addresses, patterns. */
import { keyValue, type KeyValue } from '../../spec/key-kind.ts';
import { customInspect, printedShort, type PrintOptions } from '../../values/py-print.ts';
import type { SplitPath } from './paths.ts';

/** A uuid.UUID: 128 bits. */
export class PyUUID {
  readonly int: bigint;
  /** Whether the generator was safe to use by several processes at once. */
  readonly isSafe: 'safe' | 'unsafe' | 'unknown';

  /** @throws RangeError unless 0 <= int < 2^128 */
  constructor(int: bigint, isSafe: 'safe' | 'unsafe' | 'unknown' = 'unknown') {
    if (int < 0n || int >> 128n !== 0n) throw new RangeError('a UUID has 128 bits');
    this.int = int;
    this.isSafe = isSafe;
  }

  /** 32 hex digits. */
  get hex(): string {
    return this.int.toString(16).padStart(32, '0');
  }

  /** The canonical form, 8-4-4-4-12 hex digits. */
  toString(): string {
    return this.hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  [keyValue](): KeyValue {
    return ['uuid', this.int];
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(`PyUUID ${this.toString()}`, options);
  }

  toJSON(): string {
    return this.toString();
  }
}

/** The classes of module pathlib. */
export type PathKind = 'Path' | 'PosixPath' | 'PurePath' | 'PurePosixPath' | 'PureWindowsPath' | 'WindowsPath';

/** A path of module pathlib: as text, never looked at on a disk. */
export class PyPath {
  readonly kind: PathKind;
  /** Such as `C:` or `\\host\share`; empty for POSIX. */
  readonly drive: string;
  /** `/`, `//`, `\`, or empty for a relative path. */
  readonly root: string;
  /** The names after the root. */
  readonly tail: readonly string[];

  constructor(kind: PathKind, path: SplitPath) {
    this.kind = kind;
    this.drive = path.drive;
    this.root = path.root;
    this.tail = path.tail;
  }

  /** As Python's `parts`: drive and root are one, and come first. */
  get parts(): readonly string[] {
    const anchor = this.drive + this.root;
    return anchor === '' ? this.tail : [anchor, ...this.tail];
  }

  /** As Python's str: `/usr/lib`, `c:\Users`, `.` */
  toString(): string {
    return this.drive + this.root + this.tail.join(this.kind.includes('Windows') ? '\\' : '/') || '.';
  }

  [keyValue](): KeyValue {
    const isWindows = this.kind.includes('Windows');
    return isWindows ? ['windows path', this.toString().toLowerCase()] : ['path', this.toString()];
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(`Py${this.kind} ${this.toString()}`, options);
  }

  toJSON(): string {
    return this.toString();
  }
}

/** The classes of module ipaddress. */
export type AddressKind =
  'IPv4Address' | 'IPv4Interface' | 'IPv4Network' | 'IPv6Address' | 'IPv6Interface' | 'IPv6Network';

/** An address, network or interface of module ipaddress. */
export class PyAddress {
  readonly kind: AddressKind;
  /** 32 or 128 bits. */
  readonly int: bigint;
  /** How many bits are the network's; null for an address alone. */
  readonly prefixLength: number | null;
  /** The zone of an IPv6 address, as `eth0`. */
  readonly scope: string | null;

  constructor(kind: AddressKind, int: bigint, prefixLength: number | null, scope: string | null) {
    this.kind = kind;
    this.int = int;
    this.prefixLength = prefixLength;
    this.scope = scope;
  }

  /** As Python's str: `192.0.2.1`, `2001:db8::1`, `10.0.0.0/8`. */
  toString(): string {
    const address = this.kind.startsWith('IPv4') ? text4(this.int) : text6(this.int);
    const scope = this.scope === null ? '' : `%${this.scope}`;
    return address + scope + (this.prefixLength === null ? '' : `/${this.prefixLength}`);
  }

  [keyValue](): KeyValue {
    return ['address', this.kind, this.int, this.prefixLength, this.scope];
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(`Py${this.kind} ${this.toString()}`, options);
  }

  toJSON(): string {
    return this.toString();
  }
}

function text4(int: bigint): string {
  return [24n, 16n, 8n, 0n].map((bits) => String((int >> bits) & 0xffn)).join('.');
}

/** RFC 5952: the longest run of zeros, of two at least and the first of equals, is `::`. */
function text6(int: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => Number((int >> BigInt(112 - 16 * i)) & 0xffffn));
  let [best, bestAt] = [1, -1];
  for (let at = 0; at < 8; at++) {
    let length = 0;
    while (groups[at + length] === 0) length++;
    if (length > best) [best, bestAt] = [length, at];
  }
  const hex = groups.map((group) => group.toString(16));
  if (bestAt < 0) return hex.join(':');
  return `${hex.slice(0, bestAt).join(':')}::${hex.slice(bestAt + best).join(':')}`;
}

/** A compiled pattern of module re: its source and flags, in Python's own language, never compiled here. */
export class PyPattern {
  /** A str, or bytes. */
  readonly pattern: string | Uint8Array;
  /** The sum of re.IGNORECASE (2), re.LOCALE (4), re.MULTILINE (8), re.DOTALL (16), re.UNICODE (32) ... */
  readonly flags: number;

  constructor(pattern: string | Uint8Array, flags: number) {
    this.pattern = pattern;
    this.flags = flags;
  }

  /** The source; of bytes, as Latin-1. */
  toString(): string {
    return typeof this.pattern === 'string' ? this.pattern : String.fromCharCode(...this.pattern.subarray(0, 65_536));
  }

  [keyValue](): KeyValue {
    return ['pattern', this.pattern, this.flags];
  }

  toJSON(): unknown {
    return { $pattern: this.toString(), flags: this.flags };
  }
}
