/** What `dumps` does beside the vectors: depth, cycles, errors with their paths, values that change, classes. */
import { describe, expect, it } from 'vitest';
import '../../src/ts.ts';
import { loads } from '../../src/core.ts';
import { dumps, PicklingError, type EncodeOptions } from '../../src/encode.ts';
import { type PyDict, PyFloat, PyGlobal, PyObject, PyTuple } from '../../src/values/py.ts';
import { ENGINES } from '../support/engines.ts';

function refused(value: unknown, options?: EncodeOptions): PicklingError {
  try {
    dumps(value, options);
  } catch (error) {
    if (error instanceof PicklingError) return error;
    throw error;
  }
  throw new Error('it was written');
}

const limits = { maxDepth: 10_000_000, maxStack: 10_000_000, maxMarks: 10_000_000 };

/** A list in a list in a list ... */
function nested(depth: number): unknown[] {
  let list: unknown[] = [];
  for (let i = 1; i < depth; i++) list = [list];
  return list;
}

function depthOf(value: unknown): number {
  let depth = 0;
  for (let at = value; Array.isArray(at); at = at[0]) depth++;
  return depth;
}

describe('deep values', () => {
  it.each([true, false])('a million levels are written and read, refs: %s', (refs) => {
    for (const protocol of [0, 2, 4]) {
      expect(depthOf(loads(dumps(nested(1_000_000), { refs, protocol }), { limits }))).toBe(1_000_000);
    }
  });

  it('so are dicts, tuples and states', () => {
    let value: unknown = null;
    for (let i = 0; i < 100_000; i++) {
      const object = new PyObject(new PyGlobal('m', 'C'), [value], 'newobj');
      object.addState({ tuple: PyTuple.from([new Map([['dict', i]])]) });
      value = { object };
    }
    const read = loads(dumps(value), { limits }) as { object: PyObject };
    expect(read.object.state).toEqual({ tuple: [{ dict: 99_999 }] });
  });
});

describe('cycles', () => {
  it.each(ENGINES)('go through lists, dicts, Maps, tuples and states: engine %s', (engine) => {
    for (let protocol = 0; protocol <= 5; protocol++) {
      const list: unknown[] = [];
      const object = new PyObject(new PyGlobal('m', 'C'), [], 'newobj');
      const tuple = PyTuple.from([{ up: list }, new Map<unknown, unknown>([[1, object]])]);
      object.addState({ tuple });
      list.push(tuple, tuple);
      const read = loads(dumps(list, { protocol }), { engine, exact: true }) as PyDict[][];
      const [first, second] = read;
      expect(first).toBe(second);
      expect(first![0]!.get('up')).toBe(read);
      expect(((first![1]!.get(1n) as PyObject).state as PyDict).get('tuple')).toBe(first);
    }
  });

  it('are refused where Python could not make them, and without refs', () => {
    const tuple = new PyTuple();
    tuple.push(tuple);
    expect(refused(tuple).code).toBe('CYCLE');
    const args: unknown[] = [];
    const object = new PyObject(new PyGlobal('m', 'C'), args, 'reduce');
    args.push(object);
    expect(refused(object).code).toBe('CYCLE');
    const list: unknown[] = [];
    list.push({ list });
    expect(refused(list, { refs: false }).code).toBe('CYCLE');
  });

  it('a tuple that many of its items refer to is one', () => {
    const tuple = new PyTuple();
    for (let i = 0; i < 300; i++) tuple.push([tuple]);
    const read = loads(dumps(tuple)) as unknown[][];
    expect(read).toHaveLength(300);
    expect(read.every(([up]) => up === read)).toBe(true);
  });
});

class Point {
  x: number;
  y: number;
  constructor(x: number, y: number) {
    this.x = x;
    this.y = y;
  }
}

describe('what cannot be written', () => {
  const hidden = new (class Hidden {
    value = 1;
  })();
  it.each([
    ['$', undefined, 'UNPICKLABLE'],
    ['$[1]', [1, () => 1], 'UNPICKLABLE'],
    ['$.rows[3].name', { rows: [1, 2, 3, { id: 1, name: Symbol('s') }] }, 'UNPICKLABLE'],
    ['$["a b"].c', { 'a b': { c: hidden } }, 'UNREGISTERED_CLASS'],
    ['$[7][0]', new Map([[7, [Promise.resolve()]]]), 'UNREGISTERED_CLASS'],
    ['$.at', { at: new Date(NaN) }, 'UNPICKLABLE'],
    ['$[1]', [1, , 2], 'UNPICKLABLE'], // eslint-disable-line no-sparse-arrays
  ] as const)('is told with the path %s', (path, value, code) => {
    const error = refused(value);
    expect([error.path, error.code, error.name]).toEqual([path, code, 'PicklingError']);
    expect(error.message).toContain(`at ${path}: `);
  });

  it('has a path of a readable length, however deep it lies', () => {
    let value: unknown = Symbol('s');
    for (let i = 0; i < 100_000; i++) value = [value];
    expect(refused(value).path.length).toBeLessThan(200);
  });

  it('goes through the state of an instance', () => {
    const point = new Point(1, (() => 1) as unknown as number);
    expect(refused([point], { registry: { shapes: { Point } } }).path).toBe('$[0].y');
  });

  it('options that are wrong are mistakes of the program', () => {
    expect(() => dumps(1, { protocol: 6 })).toThrow(RangeError);
    expect(() => dumps(1, { protocol: 4, bufferCallback: () => false })).toThrow(TypeError);
  });
});

describe('values that change meanwhile', () => {
  it('give a pickle that can be read, or an error', () => {
    const list: unknown[] = [];
    const grows = {
      get more() {
        list.push(1);
        return 1;
      },
    };
    list.push(grows, grows, 3);
    expect(loads(dumps(list, { refs: false }))).toEqual([{ more: 1 }, { more: 1 }, 3]);
    const shrinking: unknown[] = [];
    const shrinks = {
      get less() {
        shrinking.length = 1;
        return 1;
      },
    };
    shrinking.push(shrinks, 2, 3);
    expect(refused(shrinking).path).toBe('$[1]');
  });

  it('a getter may write pickles itself, and what it throws comes through', () => {
    const inner = { a: [1, 2] };
    const value = { before: [1], bytes: undefined as unknown, after: 'x' };
    Object.defineProperty(value, 'bytes', { enumerable: true, get: () => dumps(inner) });
    expect(loads((loads(dumps(value)) as { bytes: Uint8Array }).bytes)).toEqual(inner);
    const failure = new Error('no');
    Object.defineProperty(value, 'bytes', {
      enumerable: true,
      get() {
        throw failure;
      },
    });
    expect(() => dumps(value)).toThrow(failure);
  });

  it('only own enumerable properties are written, whatever their names', () => {
    const value = Object.create(null) as Record<string, unknown>;
    value['__proto__'] = 1;
    value['constructor'] = 2;
    Object.defineProperty(value, 'hidden', { value: 3, enumerable: false });
    const read = loads(dumps(value)) as object;
    expect(Object.entries(read)).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
    ]);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });
});

describe('classes', () => {
  class Stack extends Array<unknown> {
    label = '';
  }
  const registry = { shapes: { Point, Stack } };

  it.each(ENGINES)('registered ones come back as instances in every protocol: engine %s', (engine) => {
    for (let protocol = 0; protocol <= 5; protocol++) {
      const stack = new Stack();
      stack.push(new Point(1, 2), 'two');
      stack.label = 'top';
      const read = loads(dumps([stack, Point], { protocol, registry }), { registry, engine }) as [Stack, unknown];
      expect(read[0]).toBeInstanceOf(Stack);
      expect(read[0].label).toBe('top');
      expect(read[0][0]).toBeInstanceOf(Point);
      expect({ ...(read[0][0] as Point) }).toEqual({ x: 1, y: 2 });
      expect(read[1]).toBe(Point);
    }
  });

  it('the option reducers goes before what the class says', () => {
    const reducers = new Map([[Point, ({ x, y }: Point) => [new PyGlobal('shapes', 'at'), [x, y]] as const]]);
    const read = loads(dumps(new Point(1, 2), { reducers, registry })) as PyObject;
    expect([read.className, read.args]).toEqual(['shapes.at', [1, 2]]);
  });

  it('a reduction has items, entries, a state and a setter', () => {
    const at = new PyGlobal('m', 'at');
    const reducerOverride = (value: object) =>
      value instanceof Point
        ? ([at, [1], { s: 1 }, [1, 2], [['k', 'v']], new PyGlobal('m', 'set')] as const)
        : undefined;
    const read = loads(dumps(new Point(1, 2), { reducerOverride })) as PyObject;
    expect([read.appends, read.setItems]).toEqual([[1, 2], [['k', 'v']]]);
    expect(read.setters).toHaveLength(1);
  });

  it('keyword arguments are NEWOBJ_EX, and functools.partial before protocol 4', () => {
    class Named {
      __getnewargs_ex__() {
        return [[1], { two: 2 }];
      }
    }
    const options = { registry: { m: { Named } } };
    const late = loads(dumps(new Named(), { ...options, protocol: 4 })) as PyObject;
    expect([late.how, late.args, late.kwargs]).toEqual(['newobj', [1], { two: 2 }]);
    const early = loads(dumps(new Named(), { ...options, protocol: 2 })) as PyObject;
    expect((early.callable as PyObject).className).toBe('functools.partial');
  });
});

describe('single values', () => {
  it('numbers are ints where they are whole and safe, floats else; PyFloat says float', () => {
    const exact = (value: unknown): unknown => loads(dumps(value), { exact: true });
    expect([exact(1), exact(2 ** 53), exact(-0), exact(0.5)]).toEqual([1n, 2 ** 53, -0, 0.5]);
    expect(exact(new PyFloat(1))).toEqual(new PyFloat(1));
    expect(exact(-(2n ** 63n))).toBe(-(2n ** 63n));
  });

  it('dates are datetimes that know UTC, typed arrays are numpy arrays', () => {
    const read = loads(dumps([new Date(Date.UTC(2024, 1, 29, 12, 34, 56, 789)), Float64Array.of(1, 2)])) as PyObject[];
    expect(read.map(({ className }) => className)).toEqual([
      'datetime.datetime',
      'numpy._core.multiarray._reconstruct',
    ]);
  });

  it('buffers lie out of band where the callback takes them, and nothing is copied', () => {
    const buffers: Uint8Array[] = [];
    const array = Float32Array.of(1, 2, 3);
    const bufferCallback = (buffer: Uint8Array): void => void buffers.push(buffer);
    const bytes = dumps({ array }, { protocol: 5, bufferCallback });
    expect(buffers).toHaveLength(1);
    expect(buffers[0]!.buffer).toBe(array.buffer);
    const read = loads(bytes, { buffers }) as { array: PyObject };
    expect((read.array.args[0] as Uint8Array).buffer).toBe(array.buffer);
  });
});

describe('one pickle after another', () => {
  const row = (id: number): object => ({ id, name: `n${id}`, tags: ['x'] });
  class Plain {
    x = 1;
  }
  const registry = { shapes: { Plain } };

  it('each knows nothing of those before, whether they failed or not', () => {
    const value = [row(1), row(2), new Plain(), new Plain()];
    for (const refs of [true, false]) {
      const first = dumps(value, { registry, refs });
      expect(refused([row(3), new Plain(), { name: [Symbol('no')] }], { registry, refs }).path).toBe('$[2].name[0]');
      expect(refused(value, { refs }).code).toBe('UNREGISTERED_CLASS');
      expect(dumps(value, { registry, refs })).toEqual(first);
      expect(dumps(value, { registry, refs }).buffer).not.toBe(first.buffer);
    }
  });

  it('an object is referred to by its number, however late it is met again', () => {
    const rows = Array.from({ length: 3000 }, (_, id) => row(id));
    const twice = loads(dumps([rows, rows.map((_, i) => rows[2999 - i]), rows])) as object[][];
    expect(twice[0]).toEqual(rows);
    expect(twice[2]).toBe(twice[0]);
    for (const id of [0, 1, 1500, 2999]) expect(twice[1]![2999 - id]).toBe(twice[0]![id]);
  });

  it('an instance that says itself how it is written is asked, whatever its class is', () => {
    const told = Object.assign(new Plain(), { __getstate__: () => ({ x: 2 }) });
    const points = loads(dumps([new Plain(), told, new Plain()], { registry })) as PyObject[];
    expect(points.map(({ state }) => state)).toEqual([{ x: 1 }, { x: 2 }, { x: 1 }]);
  });
});
