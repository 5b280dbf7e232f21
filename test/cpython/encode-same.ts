/** Whether what `loads(..., { exact: true })` gave is what a model of encode-models.ts says. */
import {
  NdArray,
  PyByteArray,
  PyComplex,
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
  PyTuple,
} from '../../src/index.ts';
import { bitsOf, type Node } from './encode-models.ts';
import { built } from './encode-build.ts';

type Parts = readonly (readonly [value: unknown, node: Node])[];

/** What is wrong, or null. @param ids whether sharing counts */
export function differenceFrom(model: Node, root: unknown, ids: boolean, protocol: number): string | null {
  const met = new Map<number, unknown>();
  const todo: (readonly [value: unknown, node: Node])[] = [[root, model]];
  for (let level = todo.pop(); level !== undefined; level = todo.pop()) {
    const [value, node] = level;
    if (node !== null && typeof node === 'object') {
      if ('ref' in node) {
        // The empty tuple is one in Python, wherever it stands; here each is its own.
        const isEmpty = value instanceof PyTuple && value.length === 0;
        if (ids && !isEmpty && met.get(node['ref'] as number) !== value)
          return `is no more what it was shared with: ${show(value)}`;
        continue;
      }
      if (typeof node['id'] === 'number') met.set(node['id'], value);
    }
    const parts = partsOf(value, node, protocol);
    if (parts === null) return `${show(value)} for ${JSON.stringify(node).slice(0, 200)}`;
    for (let i = parts.length - 1; i >= 0; i--) todo.push(parts[i]!);
  }
  return null;
}

const show = (value: unknown): string => {
  const name = typeof value === 'object' && value !== null ? value.constructor?.name : typeof value;
  return `${name} ${typeof value === 'object' ? '' : String(value).slice(0, 100)}`;
};

/** What is in a value, beside what should be; null where the value is another. */
function partsOf(value: unknown, node: Node, protocol: number): Parts | null {
  if (node === null || typeof node !== 'object') return value === node ? [] : null;
  if ('list' in node) return isList(value) ? paired(value, node['list'] as Node[]) : null;
  if ('tuple' in node) return value instanceof PyTuple ? paired(value, node['tuple'] as Node[]) : null;
  if ('dict' in node) return value instanceof PyDict ? entriesOf(value, node['dict'] as [Node, Node][]) : null;
  if ('same' in node) {
    const [item, times] = node['same'] as [Node, number];
    return isList(value) ? paired(value, new Array<Node>(times).fill(item)) : null;
  }
  if ('object' in node) return objectParts(value, node, protocol);
  if ('nest' in node) return nestParts(value, node);
  if ('set' in node)
    return value instanceof PySet && !(value instanceof PyFrozenSet) ? itemsOf(value, node['set']) : null;
  if ('frozenset' in node) return value instanceof PyFrozenSet ? itemsOf(value, node['frozenset']) : null;
  return isLeaf(value, node, protocol) ? [] : null;
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value) && !(value instanceof PyTuple);

function paired(items: readonly unknown[], nodes: readonly Node[]): Parts | null {
  return items.length === nodes.length ? nodes.map((node, i) => [items[i], node]) : null;
}

function entriesOf(dict: PyDict, entries: readonly (readonly [Node, Node])[]): Parts | null {
  const flat = [...dict].flat(1);
  return paired(flat, entries.flat(1) as Node[]);
}

/** Sets are written in their own order, and read so. */
const itemsOf = (value: PySet, nodes: unknown): Parts | null => paired([...value], nodes as Node[]);

function objectParts(value: unknown, node: Exclude<Node, null | boolean | string>, protocol: number): Parts | null {
  if (!(value instanceof PyObject)) return null;
  // Protocols 0 and 1 call `copyreg.__newobj__(cls, ...)`, for they have no opcode.
  const isCalled = node['object'] === 'newobj' && protocol < 2;
  const [callable, given] = isCalled ? [value.args[0], value.args.slice(1)] : [value.callable, value.args];
  if (!(callable instanceof PyGlobal) || callable.toString() !== 'encode_types.Called') return null;
  if (value.how !== (isCalled ? 'reduce' : node['object'])) return null;
  const state = node['state'] as [string, Node][];
  const args = paired(given, node['args'] as Node[]);
  if (args === null) return null;
  if (state.length === 0) return value.state === undefined ? args : null;
  const attributes = value.state instanceof PyDict ? entriesOf(value.state, state) : null;
  return attributes && [...args, ...attributes];
}

function nestParts(root: unknown, node: Exclude<Node, null | boolean | string>): Parts | null {
  let value = root;
  for (let i = 0; i < (node['depth'] as number); i++) {
    if (node['nest'] === 'dict') {
      if (!(value instanceof PyDict) || value.size !== 1) return null;
      value = value.get('a');
    } else {
      if (!Array.isArray(value) || value.length !== 1) return null;
      if (value instanceof PyTuple !== (node['nest'] === 'tuple')) return null;
      value = value[0] as unknown;
    }
  }
  return [[value, node['of'] as Node]];
}

function isLeaf(value: unknown, node: Exclude<Node, null | boolean | string>, protocol: number): boolean {
  if ('float' in node) return isFloat(value, node['float'] as string, protocol);
  if ('int' in node) {
    const isInt = typeof value === 'bigint' || (Number.isSafeInteger(value) && !Object.is(value, -0));
    return isInt && String(value) === node['int'];
  }
  const wanted = built({ ...node, id: undefined });
  if (wanted instanceof Date) {
    return value instanceof PyDateTime && value.tzinfo !== null && value.toDate().getTime() === wanted.getTime();
  }
  if (wanted instanceof ArrayBuffer || wanted instanceof Uint8Array) {
    const isByteArray = wanted instanceof PyByteArray;
    if (!(value instanceof Uint8Array) || value instanceof PyByteArray !== isByteArray) return false;
    return Buffer.compare(value, wanted instanceof ArrayBuffer ? new Uint8Array(wanted) : wanted) === 0;
  }
  if ('numpy' in node) return isArray(value, node, wanted);
  if (typeof wanted !== 'object' || wanted === null) return Object.is(value, wanted);
  if (wanted instanceof PyGlobal && value instanceof PyObject) return isGotten(value, wanted);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.getPrototypeOf(wanted)) {
    return false;
  }
  return tell(value, protocol) === tell(wanted, protocol);
}

/** Below protocol 4 a name within a class is `getattr(cls, name)`. */
function isGotten({ callable, args }: PyObject, { module, name }: PyGlobal): boolean {
  const [cls, attribute] = args;
  return String(callable) === 'builtins.getattr' && `${String(cls)}.${String(attribute)}` === `${module}.${name}`;
}

/** Text has one NaN. */
function isFloat(value: unknown, bits: string, protocol: number): boolean {
  const isNan = Number.isNaN(PyFloat.fromBits(BigInt(`0x${bits}`)).value);
  const wanted = isNan && protocol === 0 ? bitsOf(NaN) : bits;
  if (value instanceof PyFloat) return value.bits === BigInt(`0x${wanted}`);
  if (typeof value !== 'number' || (Number.isSafeInteger(value) && !Object.is(value, -0))) return false;
  return bitsOf(value) === wanted;
}

/** All that is in a date, a number and the like. Protocols below 4 do not tell a fold. */
function tell(value: object, protocol: number): string {
  if (value instanceof PyGlobal || value instanceof PyRange || value instanceof PyFraction) return String(value);
  if (value instanceof PyDecimal) return decimalParts(value.text);
  if (value instanceof PyComplex) return `${bitsOf(value.re)} ${bitsOf(value.im)}`;
  return JSON.stringify({ ...value }, (name, part: unknown) => {
    if (name === 'fold' && protocol < 4) return 0;
    if (typeof part === 'bigint') return String(part);
    return typeof part === 'object' && part !== null ? { ...part } : part;
  });
}

/** Sign, digits and exponent: the same number may be written in several ways. */
function decimalParts(text: string): string {
  const found = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(text);
  if (found === null) return text;
  const [, sign, whole, part = '', exponent = '0'] = found;
  return `${sign}${BigInt(whole! + part)} ${Number(exponent) - part.length}`;
}

function isArray(value: unknown, node: Exclude<Node, null | boolean | string>, wanted: unknown): boolean {
  if (!(value instanceof NdArray)) return false;
  const { dtype, shape } = value;
  if (dtype !== node['numpy']) return false;
  const isTyped = !(wanted instanceof NdArray);
  const lengths = isTyped ? [(wanted as { readonly length: number }).length] : wanted.shape;
  if (lengths.join() !== shape.join()) return false;
  const items = isTyped ? [...(wanted as Iterable<unknown>)] : [...wanted.flat()];
  return [...value.flat()].every((item, i) => Object.is(item, items[i]));
}
