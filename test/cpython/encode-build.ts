/** The values that the models of encode-models.ts say. */
import {
  arrayFromBytes,
  dtypeOfText,
  PyByteArray,
  PyComplex,
  PyDate,
  PyDateTime,
  PyDecimal,
  PyDict,
  PyFloat,
  PyFraction,
  PyFrozenSet,
  PyGlobal,
  PyObject,
  PyRange,
  PySet,
  PyTime,
  PyTimeDelta,
  PyTimezone,
  PyTuple,
  PyUUID,
} from '../../src/index.ts';
import type { Node } from './encode-models.ts';

const CALLED = new PyGlobal('encode_types', 'Called');
const OCTETS = (hex: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(hex, 'hex'));
const TYPED = {
  int8: Int8Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

const intOf = (value: string): number | bigint => {
  const big = BigInt(value);
  return Number.isSafeInteger(Number(big)) ? Number(big) : big;
};

export function built(root: Node): unknown {
  const met = new Map<number, unknown>();

  function make(node: Node): unknown {
    if (node === null || typeof node !== 'object') return node;
    if ('ref' in node) return met.get(node['ref'] as number);
    const keep = <T>(value: T): T => {
      if (typeof node['id'] === 'number') met.set(node['id'], value);
      return value;
    };
    if ('list' in node) return filled(keep([] as unknown[]), node['list'] as Node[]);
    if ('tuple' in node) return filled(keep(new PyTuple()), node['tuple'] as Node[]);
    if ('dict' in node) return makeDict(node, keep);
    if ('object' in node) return makeObject(node, keep);
    if ('set' in node) return keep(new PySet((node['set'] as Node[]).map(make)));
    if ('frozenset' in node) return keep(new PyFrozenSet((node['frozenset'] as Node[]).map(make)));
    if ('same' in node) {
      const [item, times] = node['same'] as [Node, number];
      return new Array<unknown>(times).fill(make(item));
    }
    if ('nest' in node) return nested(make(node['of'] as Node), node['nest'] as string, node['depth'] as number);
    return keep(leaf(node));
  }

  function filled(items: unknown[], nodes: readonly Node[]): unknown[] {
    for (const one of nodes) items.push(make(one));
    return items;
  }

  function makeDict(node: Exclude<Node, null | boolean | string>, keep: <T>(value: T) => T): unknown {
    const entries = node['dict'] as [Node, Node][];
    if (node['as'] === 'object') {
      const object = keep({});
      for (const [name, one] of entries) {
        const value = make(one);
        Object.defineProperty(object, name as string, { value, writable: true, enumerable: true, configurable: true });
      }
      return object;
    }
    const dict = keep(node['as'] === 'Map' ? new Map<unknown, unknown>() : new PyDict());
    for (const [name, one] of entries) dict.set(make(name), make(one));
    return dict;
  }

  function makeObject(node: Exclude<Node, null | boolean | string>, keep: <T>(value: T) => T): unknown {
    const args: unknown[] = [];
    const object = keep(new PyObject(CALLED, args, node['object'] as 'reduce'));
    filled(args, node['args'] as Node[]);
    const state = new PyDict<unknown, unknown>();
    for (const [name, one] of node['state'] as [string, Node][]) state.set(name, make(one));
    if (state.size > 0) object.addState(state);
    return object;
  }

  return make(root);
}

function nested(inside: unknown, kind: string, depth: number): unknown {
  let value = inside;
  for (let i = 0; i < depth; i++)
    value = kind === 'list' ? [value] : kind === 'tuple' ? PyTuple.from([value]) : { a: value };
  return value;
}

/** What has nothing in it. */
function leaf(node: Exclude<Node, null | boolean | string>): unknown {
  const [kind] = Object.keys(node) as [string];
  const content = node[kind];
  const list = content as readonly string[];
  switch (kind) {
    case 'int':
      return node['big'] === true ? BigInt(content as string) : intOf(content as string);
    case 'float': {
      const float = PyFloat.fromBits(BigInt(`0x${content as string}`));
      const isNumber =
        float.nanBits === undefined && (!Number.isSafeInteger(float.value) || Object.is(float.value, -0));
      return isNumber && node['wrapped'] !== true ? float.value : float;
    }
    case 'text':
      return list[0]!.repeat(Number(list[1]));
    case 'bytes': {
      const bytes = OCTETS(content as string);
      return node['as'] === 'view' ? bytes : node['as'] === 'Buffer' ? Buffer.from(bytes) : bytes.buffer;
    }
    case 'bytearray':
      return new PyByteArray(OCTETS(content as string));
    case 'fill':
      return new (node['of'] === 'bytes' ? Uint8Array : PyByteArray)(Number(list[1])).fill(Number(list[0]));
    case 'global': {
      const [module, name] = (content as string).split(' ') as [string, string];
      return new PyGlobal(module, name);
    }
    case 'numpy':
      return arrayOf(content as keyof typeof TYPED, OCTETS(node['data'] as string), node['as'] as string);
    case 'decimal':
      return new PyDecimal(content as string);
    case 'uuid':
      return new PyUUID(BigInt(`0x${content as string}`));
    case 'complex': {
      const [re, im] = list.map((bits) => PyFloat.fromBits(BigInt(`0x${bits}`)).value);
      return new PyComplex(re!, im!);
    }
    case 'range':
      return new PyRange(intOf(list[0]!), intOf(list[1]!), intOf(list[2]!));
    case 'fraction':
      return new PyFraction(BigInt(list[0]!), BigInt(list[1]!));
    default:
      return dateOf(node);
  }
}

function arrayOf(dtype: keyof typeof TYPED, bytes: Uint8Array<ArrayBuffer>, as: string): unknown {
  const size = TYPED[dtype].BYTES_PER_ELEMENT;
  if (as === 'typed') return new TYPED[dtype](bytes.buffer);
  const shape = as === 'array' ? [bytes.length / size] : [bytes.length / 8, 8 / size];
  return arrayFromBytes(bytes, dtypeOfText(dtype)!, shape, as === 'fortran' ? 'F' : 'C');
}

interface Zone {
  readonly seconds: number;
  readonly name: string | null;
}

export function spanOf(seconds: number): PyTimeDelta {
  const days = Math.floor(seconds / 86_400);
  return new PyTimeDelta(days, seconds - days * 86_400, 0);
}

function dateOf(node: Exclude<Node, null | boolean | string>): unknown {
  const zone = node['zone'] as Zone | null | undefined;
  const tzinfo = zone ? new PyTimezone(spanOf(zone.seconds), zone.name) : null;
  const timeOf = ([h, m, s, us, fold]: readonly number[], tz: object | null): PyTime =>
    new PyTime(h!, m!, s!, us!, tz, fold as 0 | 1);
  if ('instant' in node) return new Date(node['instant'] as number);
  if ('date' in node) return new PyDate(...(node['date'] as [number, number, number]));
  if ('time' in node) return timeOf(node['time'] as number[], tzinfo);
  if ('timedelta' in node) return new PyTimeDelta(...(node['timedelta'] as [number, number, number]));
  if (!('datetime' in node)) throw new Error(`no value of ${Object.keys(node).join()}`);
  const [day, clock] = node['datetime'] as [[number, number, number], number[]];
  return new PyDateTime(new PyDate(...day), timeOf(clock, tzinfo));
}
