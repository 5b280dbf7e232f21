/** One level of readable JSON: what each kind of value becomes. The table is in `jsonable.ts`. */
import { lazyJson, LazyList } from '../spec/lazy-json.ts';
import {
  PyBuffer,
  PyByteArray,
  PyExtension,
  PyFloat,
  PyFrozenSet,
  PyGlobal,
  PyInert,
  PyObject,
  PyPersistent,
  PyTuple,
} from './py.ts';
import { toBase64 } from './py-base64.ts';

/** A JSON list whose items are values still to be written. */
export class Items {
  readonly length: number;
  readonly at: (index: number) => unknown;

  constructor(list: ArrayLike<unknown> | LazyList) {
    this.length = list.length;
    this.at = list instanceof LazyList ? list.at : (index) => list[index];
  }
}

/** A JSON object with keys as they are to be written, and values still to be written. */
export class Fields {
  readonly keys: readonly string[];
  readonly length: number;
  readonly at: (index: number) => unknown;

  constructor(keys: readonly string[], values: readonly unknown[]) {
    this.keys = keys;
    this.length = keys.length;
    this.at = (index) => values[index];
  }
}

/** JSON text that is final. */
export class Literal {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Level = Items | Fields | Literal;

/** Whether an object is none of the value that is written, but made to write it. */
export function isMade(value: object): value is Level | LazyList {
  return isLevel(value) || value instanceof LazyList;
}

function isLevel(value: object): value is Level {
  return value instanceof Items || value instanceof Fields || value instanceof Literal;
}

/** The level of a value. Objects that are written under a mark, as `{"$set": [...]}`, come back as Fields of Items. */
export function levelOf(value: unknown): Level {
  switch (typeof value) {
    case 'string':
      return new Literal(JSON.stringify(value));
    case 'number':
      return new Literal(numberText(value));
    case 'bigint':
    case 'boolean':
      return new Literal(String(value));
    case 'undefined':
      return marked('undefined', true);
    case 'function':
      return marked('function', value.name);
    case 'symbol':
      return marked('symbol', value.description ?? '');
    case 'object':
      return value === null ? new Literal('null') : levelOfObject(value);
  }
}

export function numberText(value: number): string {
  if (Number.isNaN(value)) return '{"$float":"nan"}';
  if (!Number.isFinite(value)) return value > 0 ? '{"$float":"inf"}' : '{"$float":"-inf"}';
  return Object.is(value, -0) ? '-0.0' : String(value);
}

function levelOfObject(value: object): Level {
  if (isLevel(value)) return value;
  if (value instanceof LazyList) return new Items(value);
  if (value instanceof PyTuple) return marked('tuple', new Items(value));
  if (Array.isArray(value)) return new Items(value);
  if (value instanceof Map) return levelOfMap(value);
  if (value instanceof Set) return levelOfSet(value);
  if (value instanceof Uint8Array) {
    return marked(value instanceof PyByteArray ? 'bytearray' : 'bytes', toBase64(value));
  }
  if (value instanceof PyGlobal) return marked('global', value.toString());
  if (value instanceof PyInert) return levelOfInert(value);
  if (value instanceof PyFloat) {
    if (value.nanBits !== undefined) return marked('float', value.bits.toString(16).padStart(16, '0'));
    return Number.isSafeInteger(value.value) ? new Literal(value.toString()) : levelOf(value.value);
  }
  if (value instanceof PyBuffer) {
    return fields({ $buffer: value.index, readonly: value.readonly, data: toBase64(value.data) });
  }
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return fields({ $array: value.constructor.name, items: new Items(value as unknown as ArrayLike<unknown>) });
  }
  if (value instanceof Date) return marked('date', Number.isNaN(value.getTime()) ? null : value.toISOString());
  return levelOfInstance(value);
}

function levelOfMap(map: ReadonlyMap<unknown, unknown>): Level {
  const keys = [...map.keys()];
  if (keys.every((key) => typeof key === 'string')) return new Fields(keys.map(escapedKey), [...map.values()]);
  return marked('map', pairs([...map.entries()]));
}

function levelOfSet(set: ReadonlySet<unknown>): Level {
  return marked(set instanceof PyFrozenSet ? 'frozenset' : 'set', new Items([...set.values()]));
}

function levelOfInert(value: PyInert): Level {
  const { states, appends, setItems, added } = value;
  return fields({
    ...madeBy(value),
    ...(states.length === 1 && { state: states[0] }),
    ...(states.length > 1 && { states: new Items(states) }),
    ...(appends && { appends: new Items(appends) }),
    ...(setItems && { setItems: pairs(setItems) }),
    ...(added && { added: new Items(added) }),
  });
}

function madeBy(value: PyInert): Record<string, unknown> {
  if (value instanceof PyPersistent) return { $persistent: value.id };
  if (value instanceof PyExtension) return { $extension: value.code };
  if (!(value instanceof PyObject)) return {};
  const { className, callable, args, kwargs } = value;
  return {
    $object: className,
    ...(!(callable instanceof PyGlobal) && { callable }),
    ...(args.length > 0 && { args: new Items(args) }),
    ...(kwargs !== undefined && { kwargs }),
  };
}

/** What a class may have. */
interface Told {
  readonly [lazyJson]?: unknown;
  readonly toJSON?: unknown;
  readonly constructor?: { readonly name?: string };
}

/** A plain object, or an instance: as its class's toJSON says, if there is one, else its own properties. */
function levelOfInstance(value: object): Level {
  const prototype = Object.getPrototypeOf(value) as Told | null;
  const keys = Object.keys(value);
  const own = new Fields(
    keys.map(escapedKey),
    keys.map((key) => (value as Record<string, unknown>)[key]),
  );
  if (prototype === null || prototype === Object.prototype) return own;
  // Only the class's: an own toJSON would have come from the pickle.
  const tell = prototype[lazyJson] ?? prototype.toJSON;
  if (typeof tell === 'function') {
    const told = (tell as (this: object) => unknown).call(value);
    if (told !== value) return levelOf(told);
  }
  return fields({ $object: prototype.constructor?.name ?? '', ...(keys.length > 0 && { state: own }) });
}

/** Keys that begin with `$` get another, so that no data reads as a mark. */
function escapedKey(key: string): string {
  return key.startsWith('$') ? `$${key}` : key;
}

function pairs(entries: readonly (readonly [unknown, unknown])[]): Items {
  return new Items(entries.map((entry) => new Items(entry)));
}

function marked(mark: string, content: unknown): Fields {
  return new Fields([`$${mark}`], [content]);
}

function fields(content: Record<string, unknown>): Fields {
  return new Fields(Object.keys(content), Object.values(content));
}
