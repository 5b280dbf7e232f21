/** Instances that are no more than a registered class and properties: these are many, and written without a plan. */
import type { PyGlobal } from '../values/py.ts';
import { pushProperties } from './containers.ts';
import { putGlobal } from './globals.ts';
import type { Settings } from './settings.ts';
import type { Writer } from './writer.ts';

const EMPTY_TUPLE = 0x29;
const NEWOBJ = 0x81;
const BUILD = 0x62;

/** Classes whose instances hold what is no property. */
const HOLDERS = [Array, Map, Set] as const;

/** Whether all that a class has is properties, nobody else is asked about its instances, and its name takes no call to write. */
export function isBareClass(
  prototype: object | null,
  { name }: PyGlobal,
  { protocol, persistentId, reducerOverride }: Settings,
): boolean {
  if (persistentId !== undefined || reducerOverride !== undefined) return false;
  if (protocol < 2 || (protocol < 4 && name.includes('.'))) return false;
  return !HOLDERS.some((holder) => prototype instanceof holder);
}

/** The methods by which an instance says how it is written. */
interface Sayings {
  readonly __reduce_ex__?: unknown;
  readonly __reduce__?: unknown;
  readonly __getnewargs_ex__?: unknown;
  readonly __getnewargs__?: unknown;
  readonly __getstate__?: unknown;
}

/** Whether an instance leaves it to its class how it is written, as nearly all do. */
export function saysNothing(value: object): boolean {
  const { __reduce_ex__, __reduce__, __getnewargs_ex__, __getnewargs__, __getstate__ } = value as Sayings;
  return (
    typeof __reduce_ex__ !== 'function' &&
    typeof __reduce__ !== 'function' &&
    typeof __getnewargs_ex__ !== 'function' &&
    typeof __getnewargs__ !== 'function' &&
    typeof __getstate__ !== 'function' &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value)
  );
}

/**
 * `cls.__new__(cls)`, and the properties as its state, where there are any.
 * @returns whether it is written
 */
export function putBare(w: Writer, value: object, cls: PyGlobal): boolean {
  const { out } = w;
  putGlobal(w, cls);
  if (out.pos >= out.limit) out.boundary();
  out.byte(EMPTY_TUPLE);
  out.byte(NEWOBJ);
  w.memoize(value);
  const names = Object.keys(value);
  if (names.length === 0) return true;
  if (out.pos >= out.limit) out.boundary();
  pushProperties(w, value, names, value, BUILD);
  return false;
}
