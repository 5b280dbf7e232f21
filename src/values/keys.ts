/**
 * When two keys are one key, as Python sees it: `canonicalKey` gives something that a JavaScript Map compares rightly.
 *
 * ```text
 * None, bool, int, float    null; a number (False is 0, -0.0 is 0); an int or whole float beyond 2^53: text of its hex
 * str                       itself
 * bytes                     text of their Latin-1
 * tuple                     text made of its items' texts, in order
 * frozenset                 text made of its items' texts, sorted
 * a global                  text of its module and name, as the pickle writes them
 * dates, Decimals, UUIDs    what `keyValue` says: a number that they are equal to, or text made of a tag and parts
 * anything else             itself: its identity
 * ```
 *
 * Made texts begin with U+FFFF; a str that begins so gets `s` put between. A text of more than 256 units is replaced by
 * its SHA-256. So a key needs no table that would have to live as long as the dict, equal keys are equal texts, a tuple
 * doubled forty times costs forty short texts, and V8 hashes them all with its seed: nobody can choose what collides.
 */
import { keyKind, keyValue, type KeyKind, type KeyValue } from '../spec/key-kind.ts';
import { KeyMemo, MAX_TEXT, shortened } from './py-key-memo.ts';

export { isHashFlood } from './py-hash-flood.ts';
export { KeyMemo };

export { keyKind, type KeyKind };

/** A value that Python cannot hash was to be a key. The materialiser makes a PickleError of it. */
export class UnhashableKey extends TypeError {
  readonly value: unknown;

  constructor(value: unknown) {
    super('a list, dict, set or bytearray cannot be a key, nor a tuple that holds one');
    this.value = value;
  }

  override get name(): string {
    return 'UnhashableKey';
  }
}

export interface KeyRules {
  /** Arrays are lists, and no keys. Otherwise an Array is a tuple, and a Set a frozenset. */
  readonly exact: boolean;
  /** Shared by all keys of one decode; see there. Without it each call has its own. */
  readonly memo?: KeyMemo | undefined;
}

/** The rules for keys that a program hands in: plain Arrays and Sets do for tuples and frozensets. */
export const LENIENT: KeyRules = /* @__PURE__ */ Object.freeze({ exact: false });

const SIGN = '\uffff';

/**
 * The Map key of a Python key. A NaN gives NaN; two NaNs are two keys in Python, so a decoder takes `nanKey` of each.
 * Throws UnhashableKey.
 */
export function canonicalKey(value: unknown, rules: KeyRules): unknown {
  switch (typeof value) {
    case 'string':
      return value.charCodeAt(0) === 0xffff ? `${SIGN}s${value}` : value;
    case 'number':
      return Math.abs(value) <= Number.MAX_SAFE_INTEGER || !Number.isInteger(value)
        ? value + 0
        : intKey(BigInt(value), rules.memo);
    case 'boolean':
      return value ? 1 : 0;
    case 'bigint':
      return intKey(value, rules.memo);
    case 'object':
      return value === null ? null : objectKey(value, rules);
    default:
      return value;
  }
}

/** The Map key of a NaN that is none but itself, told by a number. */
export function nanKey(identity: number): string {
  return `${SIGN}N${identity}`;
}

/** What stands for a number where numbers were chosen to collide: text is hashed with a seed. */
export function textOfNumberKey(key: number): string {
  return `${SIGN}n${key}`;
}

function intKey(value: bigint, memo: KeyMemo | undefined): number | string {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : `${SIGN}i${(memo ?? new KeyMemo()).int(value)}`;
}

function objectKey(value: object, rules: KeyRules): unknown {
  const kind = kindOf(value, rules);
  if (kind === 'identity') return value;
  if (kind === 'bytes') return `${SIGN}b${(rules.memo ?? new KeyMemo()).bytes(value as Uint8Array)}`;
  if (kind === 'global') return SIGN + globalText(value as RawGlobal);
  if (kind === 'float') return Number.isNaN(Number(value)) ? value : canonicalKey(Number(value), rules);
  if (kind === 'unhashable') throw new UnhashableKey(value);
  if (kind === 'value') {
    const plain = valueOf(value);
    if (!Array.isArray(plain)) return plain === undefined ? value : canonicalKey(plain, rules);
  }
  return SIGN + compositeText(value, rules);
}

interface RawGlobal {
  readonly rawModule: string;
  readonly rawName: string;
}

const valueOf = (value: object): KeyValue => (value as { [keyValue](): KeyValue })[keyValue]();

function kindOf(value: object, rules: KeyRules): KeyKind | 'bytes' | 'identity' | 'value' {
  const told = (value as { readonly [keyKind]?: KeyKind })[keyKind];
  if (told !== undefined) return told;
  if (value instanceof Uint8Array) return 'bytes';
  if (Array.isArray(value)) return rules.exact ? 'unhashable' : 'tuple';
  if (value instanceof Set) return rules.exact ? 'unhashable' : 'frozenset';
  if (value instanceof Map) return 'unhashable';
  if (keyValue in value) return 'value';
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? 'unhashable' : 'identity';
}

/** One tuple, frozenset or value of parts whose text is being made: the texts of its first items. */
interface Level {
  readonly value: object;
  readonly kind: 'tuple' | 'frozenset' | 'value';
  readonly items: readonly unknown[];
  readonly texts: string[];
}

/** The text of what has parts. A stack of its own, because nesting is only bounded by the input. */
function compositeText(root: object, rules: KeyRules): string {
  const memo = rules.memo ?? new KeyMemo();
  const flat = flatText(root, rules, memo);
  if (flat !== undefined) return flat;
  const open = new Set<object>();
  const levels: Level[] = [];
  let result = memo.get(root);
  if (result !== undefined) return result;
  enter(root);
  while (levels.length > 0) {
    const level = levels[levels.length - 1]!;
    if (level.texts.length < level.items.length) {
      const item = level.items[level.texts.length];
      const text = simpleText(item, level) ?? memo.get(item as object);
      if (text === undefined) enter(item as object);
      else level.texts.push(text);
      continue;
    }
    levels.pop();
    open.delete(level.value);
    result = joined(level);
    memo.set(level.value, result);
  }
  return result!;

  function enter(value: object): void {
    // A tuple that holds itself: Python would never come to an end hashing it.
    if (open.has(value)) throw new UnhashableKey(value);
    open.add(value);
    const kind = kindOf(value, rules) as Level['kind'];
    const parts = kind === 'value' ? valueOf(value) : value;
    const items = Array.isArray(parts) ? parts : [...(parts as ReadonlySet<unknown>)];
    levels.push({ value, kind, items, texts: [] });
  }

  function simpleText(item: unknown, level: Level): string | undefined {
    switch (typeof item) {
      case 'string':
        return `s${memo.text(item)}`;
      case 'number':
        // No identity to go by: this NaN is only the one that this very tuple holds here.
        if (Number.isNaN(item)) return `N${identityOf(level.value)}.${level.texts.length}`;
        return numberText(canonicalKey(item, rules) as number | string);
      case 'boolean':
        return item ? 'n1' : 'n0';
      case 'bigint':
        return numberText(intKey(item, memo));
      case 'object': {
        if (item === null) return '-';
        const kind = kindOf(item, rules);
        if (kind === 'float' && !Number.isNaN(Number(item))) {
          return numberText(canonicalKey(Number(item), rules) as number | string);
        }
        if (kind === 'identity' || kind === 'float') return `o${identityOf(item)}`;
        if (kind === 'bytes') return `b${memo.bytes(item as Uint8Array)}`;
        if (kind === 'global') return globalText(item as RawGlobal);
        if (kind === 'unhashable') throw new UnhashableKey(item);
        if (kind !== 'value') return undefined;
        const plain = valueOf(item);
        if (plain === undefined) return `o${identityOf(item)}`;
        return Array.isArray(plain) ? undefined : simpleText(plain, level);
      }
      case 'function':
        return `o${identityOf(item)}`;
      case 'undefined':
        return 'u';
      default:
        throw new UnhashableKey(item);
    }
  }
}

/** Tuples of more items are looked up before they are read. */
const MAX_FLAT = 8;

/** The text of a short tuple of nothing but text and numbers, as most are: without a stack, and without remembering it. */
function flatText(root: object, rules: KeyRules, memo: KeyMemo): string | undefined {
  if (!Array.isArray(root) || root.length > MAX_FLAT || kindOf(root, rules) !== 'tuple') return undefined;
  const texts: string[] = [];
  for (const item of root as readonly unknown[]) {
    if (typeof item === 'string' && item.length <= MAX_TEXT) texts.push(`s${memo.text(item)}`);
    else if (typeof item === 'number' && !Number.isNaN(item)) {
      texts.push(numberText(canonicalKey(item, rules) as number | string));
    } else return undefined;
  }
  return joined({ kind: 'tuple', texts });
}

function numberText(key: number | string): string {
  return typeof key === 'number' ? `n${key}` : key.slice(SIGN.length);
}

function globalText({ rawModule, rawName }: RawGlobal): string {
  return `g${rawModule.length}.${shortened(rawModule)}${shortened(rawName)}`;
}

/** Texts of one group when a long tuple is joined: keeps every text below what a JavaScript string can hold. */
const GROUP = 4096;

function joined({ kind, texts: given }: Pick<Level, 'kind' | 'texts'>): string {
  let texts = given;
  if (kind === 'frozenset') {
    texts.sort();
    texts = texts.filter((text, i) => i === 0 || text !== texts[i - 1]);
  }
  let tag: string = kind[0]!;
  while (texts.length > GROUP) {
    const groups: string[] = [];
    for (let at = 0; at < texts.length; at += GROUP) groups.push(shortened(framed(texts.slice(at, at + GROUP))));
    texts = groups;
    tag += '+';
  }
  return `${tag}${shortened(framed(texts))}`;
}

/** Each text after its length, so that no two lists of texts read alike. */
function framed(texts: readonly string[]): string {
  let out = '';
  for (const text of texts) out += `${text.length}:${text}`;
  return out;
}

/**
 * Numbers that stand for objects in texts: what an engine's own identity hash would be if it were told. Weak, and it
 * holds nothing that one decode could learn of another.
 */
const identities = new WeakMap<object, number>();
let identityCount = 0;

function identityOf(object: object): number {
  let identity = identities.get(object);
  if (identity === undefined) identities.set(object, (identity = ++identityCount));
  return identity;
}
