/** Records of ZODB: a pickle of the class and a pickle of the state, with other objects as persistent references. */
import { asBytes, type BytesLike } from '../bytes/bytes-like.ts';
import { endOf, openSession } from '../decode/session.ts';
import { checkInputBytes, isAllocationSaid } from '../decode/settings.ts';
import type { DecodeOptions } from '../spec/options.ts';
import { pickleError } from '../spec/pickle-error.ts';
import { PyGlobal } from '../values/py.ts';
import { resolveOptions } from '../values/resolve-options.ts';
import { unsupported } from './refuse.ts';

/** What stands in a state for another object of the database. */
export class ZodbReference {
  /** The object's id: 8 bytes, big-endian. */
  readonly oid: Uint8Array;
  /** Its class, where the reference tells it: as a record's class. */
  readonly class: unknown;
  /** The name of another database that it is in. */
  readonly database: string | undefined;
  readonly isWeak: boolean;

  constructor(oid: Uint8Array, cls: unknown, database: string | undefined, isWeak: boolean) {
    this.oid = oid;
    this.class = cls;
    this.database = database;
    this.isWeak = isWeak;
  }

  /** The id in hex digits, as ZODB's tools print it. */
  get oidText(): string {
    return `0x${Array.from(this.oid, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  }
}

export interface ZodbRecord {
  /** A PyGlobal, or what is registered for it; a ZodbReference where the class itself is kept in the database. */
  readonly class: unknown;
  /** `module.name`, where the class is known by name alone. */
  readonly className: string | undefined;
  /** What the class's `__new__` gets; null: nothing. */
  readonly newArgs: readonly unknown[] | null;
  /** What `__setstate__` gets: most often a dict, or null. */
  readonly state: unknown;
  /** All references of the state, in the order in which they stand. */
  readonly references: readonly ZodbReference[];
}

export const zodb = {
  /**
   * Reads the data of a record, as a storage's `load` gives it. References become ZodbReferences, or what
   * `options.persistentLoad` gives for the id.
   *
   * Records of Python 2 may need `{ encoding: 'latin1' }` or `{ encoding: 'bytes' }`.
   * @throws PickleError; offsets are those of the record
   */
  decode(data: BytesLike, options?: DecodeOptions): ZodbRecord {
    const bytes = asBytes(data);
    const references: ZodbReference[] = [];
    const given = options?.persistentLoad;
    const persistentLoad = (id: unknown): unknown => {
      const reference = referenceOf(id);
      references.push(reference);
      return given === undefined ? reference : given(id);
    };
    const resolved = resolveOptions({ ...options, persistentLoad });
    checkInputBytes(resolved, bytes.length);
    const session = openSession(resolved, bytes.length, isAllocationSaid(options));
    try {
      // One Pickler has written both: the second may get from the memo what the first has put there.
      session.begin(false);
      const meta = session.read(bytes, 0);
      const start = endOf(session.machine);
      const ofClass = references.splice(0);
      if (start >= bytes.length)
        throw pickleError('EMPTY_INPUT', { offset: start, detail: 'The record has no state.' });
      session.begin(false);
      const state = session.read(bytes, start);
      return { ...classOf(meta, ofClass), state, references };
    } finally {
      session.close(bytes.buffer.byteLength);
    }
  },
} as const;

/** The first pickle: a class, or a pair of it and its arguments; the class may be a pair of names. */
function classOf(meta: unknown, references: readonly ZodbReference[]): Omit<ZodbRecord, 'state' | 'references'> {
  const isPair = Array.isArray(meta) && meta.length === 2 && !isNames(meta);
  const [cls, args] = (isPair ? meta : [meta, null]) as [unknown, unknown];
  if (args !== null && !Array.isArray(args)) throw unsupported('The arguments of the class are no tuple.');
  const known = isNames(cls) ? new PyGlobal(cls[0], cls[1]) : cls;
  if (typeof known !== 'object' && typeof known !== 'function') throw unsupported('The record begins with no class.');
  if (known === null || (Array.isArray(known) && references.length === 0))
    throw unsupported('The record has no class.');
  return {
    class: known,
    className: known instanceof PyGlobal ? known.toString() : undefined,
    newArgs: args as readonly unknown[] | null,
  };
}

function isNames(value: unknown): value is readonly [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');
}

/** oid, (oid, class), ['w', (oid, database?)], ['n', (database, oid)], ['m', (database, oid, class)], or of old [oid]. */
function referenceOf(id: unknown): ZodbReference {
  if (!Array.isArray(id)) return new ZodbReference(oidOf(id), undefined, undefined, false);
  const [first, second] = id as unknown[];
  if (id.length === 1) return new ZodbReference(oidOf(first), undefined, undefined, true);
  if (id.length !== 2) throw unsupported('A persistent id is no reference of ZODB.');
  if (!isKind(first) || !Array.isArray(second)) return new ZodbReference(oidOf(first), second, undefined, false);
  const parts = second as unknown[];
  if (first === 'w') return new ZodbReference(oidOf(parts[0]), undefined, nameOf(parts[1]), true);
  return new ZodbReference(oidOf(parts[1]), first === 'm' ? parts[2] : undefined, nameOf(parts[0]), false);
}

const isKind = (value: unknown): boolean => value === 'w' || value === 'n' || value === 'm';

function oidOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  // A str of Python 2, in an encoding that gives a unit for each byte.
  if (typeof value === 'string' && /^[\0-\xff]{8}$/s.test(value)) {
    return Uint8Array.from(value, (unit) => unit.charCodeAt(0));
  }
  throw unsupported('A persistent id of ZODB holds an object id of 8 bytes.');
}

function nameOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
