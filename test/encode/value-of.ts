/** The values that the vectors of encoders describe. */
import { PyByteArray, PyDict, PyFloat, PyFrozenSet, PySet, PyTuple } from '../../src/values/py.ts';

type Node = Readonly<Record<string, unknown>>;

/** @param node a truth node, with the repetitions of encode.jsonl */
export function valueOf(node: unknown, met = new Map<number, unknown>()): unknown {
  if (node === null || typeof node !== 'object') return node;
  const { id, ref } = node as { readonly id?: number; readonly ref?: number };
  if (ref !== undefined) return met.get(ref);
  const keep = <T>(value: T): T => {
    if (id !== undefined) met.set(id, value);
    return value;
  };
  const inner = (one: unknown): unknown => valueOf(one, met);
  const [kind] = Object.keys(node).filter((name) => name !== 'id') as [string];
  const content = (node as Node)[kind];
  switch (kind) {
    case 'int':
      return Number.isSafeInteger(Number(content)) ? Number(content) : BigInt(content as string);
    case 'float': {
      const value = Buffer.from(content as string, 'hex').readDoubleBE();
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? new PyFloat(value) : value;
    }
    case 'text': {
      const [text, times] = content as [string, number];
      return text.repeat(times);
    }
    case 'bytes':
      return keep(new Uint8Array(Buffer.from(content as string, 'base64')));
    case 'bytearray':
      return keep(new PyByteArray(Buffer.from(content as string, 'base64')));
    case 'fill':
    case 'fillarray': {
      const [byte, length] = content as [number, number];
      return new (kind === 'fill' ? Uint8Array : PyByteArray)(length).fill(byte);
    }
    case 'range':
      return Array.from({ length: content as number }, (_, i) => i);
    case 'list': {
      const list = keep([] as unknown[]);
      for (const one of content as unknown[]) list.push(inner(one));
      return list;
    }
    case 'tuple': {
      const tuple = keep(new PyTuple());
      for (const one of content as unknown[]) tuple.push(inner(one));
      return tuple;
    }
    case 'dict': {
      const dict = keep(new PyDict());
      for (const [key, value] of content as [unknown, unknown][]) dict.set(inner(key), inner(value));
      return dict;
    }
    case 'set':
      return keep(new PySet((content as unknown[]).map(inner)));
    case 'frozenset':
      return keep(new PyFrozenSet((content as unknown[]).map(inner)));
    default:
      throw new Error(`no value of ${kind}`);
  }
}
