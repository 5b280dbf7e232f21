/** The values that nodes of lossless JSON tell of: what an exact decode gives. Recursive: for tests only. */
import { exactFloat } from '../../src/values/py-data.ts';
import { nanKey, canonicalKey, KeyMemo } from '../../src/values/keys.ts';
import {
  PyBuffer,
  PyByteArray,
  PyDict,
  PyExtension,
  PyFloat,
  PyFrozenSet,
  PyGlobal,
  PyObject,
  PyPersistent,
  PySet,
  PyTuple,
  type How,
} from '../../src/values/py.ts';

type Node = Record<string, unknown>;

/** Long bytes are told by their hash, and cannot be made. */
export class UntoldBytes extends Error {}

function bytesOf(content: unknown): Uint8Array {
  if (typeof content !== 'string') throw new UntoldBytes();
  return new Uint8Array(Buffer.from(content, 'base64'));
}

export function valueOf(root: unknown): unknown {
  const met = new Map<number, unknown>();
  const memo = new KeyMemo();
  let nans = 0;
  return make(root);

  function keep<T>(node: Node, value: T): T {
    if (typeof node['id'] === 'number') met.set(node['id'], value);
    return value;
  }

  function key(value: unknown): unknown {
    return Number.isNaN(value) ? nanKey(++nans) : canonicalKey(value, { exact: true, memo });
  }

  function fillDict(dict: PyDict, pairs: [unknown, unknown][]): PyDict {
    const entries = pairs.map(([k, v]) => [make(k), make(v)]);
    const keys = entries.map(([k]) => k);
    dict.fill(keys.map(key), keys, entries.map(([, v]) => v)); // prettier-ignore
    return dict;
  }

  function fillSet(set: PySet, nodes: unknown[]): PySet {
    const items = nodes.map(make);
    set.fill(items.map(key), items);
    return set;
  }

  function make(node: unknown): unknown {
    if (node === null || typeof node !== 'object') return node;
    const n = node as Node;
    if ('ref' in n) return met.get(n['ref'] as number);
    if ('int' in n) return BigInt(n['int'] as string);
    if ('float' in n) {
      const bits = BigInt(`0x${n['float'] as string}`);
      const value = new Float64Array(new BigUint64Array([bits]).buffer)[0]!;
      return Number.isNaN(value) && bits !== 0x7ff8000000000000n ? PyFloat.fromBits(bits) : exactFloat(value);
    }
    if ('bytes' in n) return bytesOf(n['bytes']);
    if ('bytearray' in n) return keep(n, new PyByteArray(bytesOf(n['bytearray'])));
    if ('list' in n) {
      const list: unknown[] = keep(n, []);
      for (const item of n['list'] as unknown[]) list.push(make(item));
      return list;
    }
    if ('tuple' in n) {
      const nodes = n['tuple'] as unknown[];
      const tuple = keep(n, new PyTuple(nodes.length));
      nodes.forEach((item, i) => (tuple[i] = make(item)));
      return tuple;
    }
    if ('dict' in n) return fillDict(keep(n, new PyDict()), n['dict'] as [unknown, unknown][]);
    if ('set' in n) return fillSet(keep(n, new PySet()), n['set'] as unknown[]);
    if ('frozenset' in n) return fillSet(keep(n, new PyFrozenSet()), n['frozenset'] as unknown[]);
    if ('global' in n) {
      const [module, ...name] = (n['global'] as string).split(' ');
      return new PyGlobal(`new.${module}`, `new.${name.join(' ')}`, module, name.join(' '));
    }
    if ('persistent' in n) {
      const made = keep(n, new PyPersistent(undefined)) as { id: unknown };
      made.id = make(n['persistent']);
      return made;
    }
    if ('extension' in n) return keep(n, new PyExtension(n['extension'] as number));
    if ('buffer' in n) return keep(n, new PyBuffer(n['buffer'] as number, n['readonly'] as boolean, new Uint8Array()));
    return makeObject(n);
  }

  function makeObject(n: Node): unknown {
    const o = n['object'] as Node;
    // The object may be held by its own arguments.
    const made = keep(n, new PyObject(undefined, [], o['how'] as How)) as {
      -readonly [K in keyof PyObject]: PyObject[K];
    };
    made.callable = make(o['callable']);
    made.args = make(o['args']) as unknown[];
    if ('kwargs' in o) made.kwargs = make(o['kwargs']);
    for (const state of (o['state'] ?? []) as unknown[]) made.addState(make(state));
    if (o['append']) made.addAppends((o['append'] as unknown[]).map(make));
    if (o['setitem']) made.addSetItems((o['setitem'] as [unknown, unknown][]).map(([k, v]) => [make(k), make(v)]));
    if (o['add']) made.addAdded((o['add'] as unknown[]).map(make));
    return made;
  }
}
