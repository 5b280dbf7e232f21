import { describe, expect, it } from 'vitest';
import { loads, PickleError, PyGlobal, PyObject, type DecodeOptions } from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';
import { dict, get, global, int, latin1, list, put, str, tuple } from '../support/opcodes.ts';

class Plain {
  static made = 0;
  readonly given: unknown[];

  constructor(...given: unknown[]) {
    Plain.made++;
    this.given = given;
  }

  set trap(_value: unknown) {
    throw new Error('a setter ran');
  }
}

class WithState {
  got: unknown[] = [];

  __setstate__(state: unknown): void {
    (this.got ??= []).push(state);
  }
}

class Box {
  items?: unknown[];

  extend(items: unknown[]): void {
    this.items = [...(this.items ?? []), ...items];
  }
}

class Bag {
  readonly log: unknown[] = [];

  append(item: unknown): void {
    this.log.push(item);
  }

  __setitem__(key: unknown, value: unknown): void {
    this.log.push([key, value]);
  }

  add(item: unknown): void {
    this.log.push({ item });
  }
}

class Names extends Map<unknown, unknown> {}
class Items extends Array<unknown> {}
class Group extends Set<unknown> {}
class Problem extends Error {}

const errorOf = (run: () => unknown): PickleError => {
  try {
    run();
  } catch (error) {
    if (error instanceof PickleError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe.each(ENGINES)('an object, %s', (engine) => {
  const registry = {
    m: {
      Plain,
      WithState,
      Box,
      Bag,
      Names,
      Items,
      Group,
      Problem,
      f: (...args: unknown[]) => ({ args }),
      none: () => {},
    },
  };
  const read = (pickle: string, options?: DecodeOptions): unknown =>
    loads(latin1(`${pickle}.`), { registry, ...options, engine });
  const newobj = (name: string): string => `${global('m', name)})\x81`;
  const call = (name: string, ...args: string[]): string => `${global('m', name)}${tuple(...args)}R`;

  it('of a registered class is constructed by REDUCE, and made bare by NEWOBJ, INST and OBJ', () => {
    Plain.made = 0;
    expect(read(call('Plain', int(1), str('x')))).toEqual(new Plain(1, 'x'));
    expect(Plain.made).toBe(2);
    for (const pickle of [newobj('Plain'), '(im\nPlain\n', `(${global('m', 'Plain')}o`]) {
      const bare = read(pickle) as Plain;
      expect(bare).toBeInstanceOf(Plain);
      expect(Object.keys(bare)).toEqual([]);
    }
    expect(Plain.made).toBe(2);
    expect((read(`(${int(1)}im\nPlain\n`) as Plain).given).toEqual([1]);
    expect((read(`(${global('m', 'Plain')}${int(1)}o`) as Plain).given).toEqual([1]);
  });

  it('of a registered function is what it returns', () => {
    expect(read(call('f', int(1)))).toEqual({ args: [1] });
    expect(read(`${global('m', 'f')})${dict(str('k'), int(1))}\x92`)).toEqual({ args: [{ k: 1 }] });
    expect(read(list(call('none'), call('none')))).toEqual([undefined, undefined]);
    const shared = read(`](${call('none')}${put(0)}${get(0)}e`);
    expect(shared).toEqual([undefined, undefined]);
  });

  it('is a value of its own where a global is only named', () => {
    expect(read(global('m', 'Plain'))).toBe(Plain);
    const other = read(global('m', 'Other')) as PyGlobal;
    expect([other.module, other.name]).toEqual(['m', 'Other']);
    expect(read(global('m', 'constructor'))).toBeInstanceOf(PyGlobal);
    expect(read(global('__proto__', 'x'))).toBeInstanceOf(PyGlobal);
    expect(read(global('m', 'toString'))).toBeInstanceOf(PyGlobal);
    expect(read(global('builtins', 'set'))).toBeInstanceOf(PyGlobal);
    expect(errorOf(() => read(global('m', 'Other'), { globals: 'strict' }))).toMatchObject({
      code: 'FORBIDDEN_GLOBAL',
    });
    expect(read(global('m', 'Plain'), { globals: 'strict' })).toBe(Plain);
  });

  it('gets a dict as own properties: no setter runs, no prototype changes', () => {
    const state = dict(str('x'), int(1), str('trap'), int(2), str('__proto__'), int(3), str('given'), int(4));
    const often = list(...Array.from({ length: 40 }, () => `${newobj('Plain')}${state}b`));
    const shared = `${newobj('Plain')}${put(0)}${state}b0${get(0)}`;
    for (const made of [read(`${newobj('Plain')}${state}b`), read(shared), ...(read(often) as object[])]) {
      expect(Object.getPrototypeOf(made)).toBe(Plain.prototype);
      expect(Object.keys(made as object)).toEqual(['x', 'trap', '__proto__', 'given']);
      expect(Object.getOwnPropertyDescriptor(made, 'trap')!.value).toBe(2);
      expect(Object.getOwnPropertyDescriptor(made, '__proto__')!.value).toBe(3);
    }
  });

  it('gets the states of many instances by compiled code', () => {
    const one = (i: number): string => `${newobj('Plain')}${dict(str('x'), int(i % 256), str('y'), list(int(i % 9)))}b`;
    const many = read(list(...Array.from({ length: 100 }, (_, i) => one(i)))) as { x: number; y: number[] }[];
    many.forEach((made, i) => {
      expect(made).toBeInstanceOf(Plain);
      expect([made.x, made.y]).toEqual([i, [i % 9]]);
    });
  });

  it('may have a state for its slots as well', () => {
    const states: [string, object][] = [
      [tuple(dict(str('a'), int(1)), dict(str('b'), int(2))), { a: 1, b: 2 }],
      [tuple('N', dict(str('b'), int(2))), { b: 2 }],
      [tuple(dict(str('a'), int(1)), 'N'), { a: 1 }],
      ['N', {}],
      ['}', {}],
    ];
    for (const [state, want] of states) expect({ ...(read(`${newobj('Plain')}${state}b`) as object) }).toEqual(want);
    for (const state of [int(1), tuple(int(1), int(2)), list(int(1)), dict(int(1), int(2))]) {
      const error = errorOf(() => read(`${newobj('Plain')}${state}b`));
      expect([error.code, error.opcode, error.offset]).toEqual([
        'INVALID_STATE',
        'BUILD',
        `${newobj('Plain')}${state}`.length,
      ]);
    }
  });

  it('takes any state by __setstate__, each in its turn', () => {
    const made = read(`${newobj('WithState')}${int(1)}bNb${dict(str('got'), int(7))}b`) as WithState;
    expect(made.got).toEqual([1, null, { got: 7 }]);
    const often = read(list(...Array.from({ length: 40 }, () => `${newobj('WithState')}${dict(str('a'), int(1))}b`)));
    for (const one of often as WithState[]) expect(one.got).toEqual([{ a: 1 }]);
  });

  it('takes items, entries and members by its methods', () => {
    expect((read(`${newobj('Box')}(${int(1)}${int(2)}e${int(3)}a`) as Box).items).toEqual([1, 2, 3]);
    const bag = read(`${call('Bag')}(${int(1)}${int(2)}e(${str('k')}${int(3)}u(${int(4)}\x90`) as Bag;
    expect(bag.log).toEqual([1, 2, ['k', 3], { item: 4 }]);
    expect([...(read(`${newobj('Names')}(${tuple(int(1))}${int(2)}u`) as Names)]).toEqual([[[1], 2]]);
    expect([...(read(`${newobj('Items')}(${int(1)}${int(2)}e`) as Items)]).toEqual([1, 2]);
    expect([...(read(`${newobj('Group')}(${int(1)}\x90`) as Group)]).toEqual([1]);
    expect(read(`${newobj('Problem')}${dict(str('message'), str('m'))}b`)).toBeInstanceOf(Problem);
    for (const [pickle, what] of [
      [`${newobj('Plain')}(${int(1)}e`, 'extend'],
      [`${newobj('Plain')}(${int(1)}${int(1)}u`, '__setitem__'],
      [`${newobj('Plain')}(${int(1)}\x90`, 'add'],
    ] as const) {
      const error = errorOf(() => read(pickle));
      expect([error.code, error.offset]).toEqual(['INVALID_STATE', pickle.length - 1]);
      expect(error.message).toContain(what);
    }
  });

  it('of a described type is made by its description', () => {
    const log: unknown[] = [];
    const type = {
      call: (args: readonly unknown[]) => (args.length === 2 ? undefined : { called: [...args] }),
      create: (args: readonly unknown[], kwargs: ReadonlyMap<unknown, unknown> | undefined) => ({ args, kwargs }),
      setState: (_target: unknown, state: unknown) => log.push(state),
      extend: (_target: unknown, items: readonly unknown[]) => log.push(items),
      setItems: (_target: unknown, items: unknown) => log.push(items),
      addItems: (_target: unknown, items: readonly unknown[]) => log.push(items),
    };
    const options = { registry: { m: { T: type, Half: { call: () => 1 } } } };
    expect(read(call('T', int(1)), options)).toEqual({ called: [1] });
    const declined = read(call('T', int(1), int(2)), options) as PyObject;
    expect([declined.className, declined.args, declined.how]).toEqual(['m.T', [1, 2], 'reduce']);
    const made = read(`${global('m', 'T')})${dict(str('k'), int(1))}\x92`, options);
    expect(made).toEqual({ args: [], kwargs: new Map([['k', 1]]) });
    read(`${newobj('T')}${int(1)}b(${int(2)}e(${int(3)}${int(4)}u(${int(5)}\x90`, options);
    expect(log).toEqual([1, [2], [[3, 4]], [5]]);
    expect(read(newobj('Half'), options)).toBeInstanceOf(PyObject);
  });

  it('that nothing is registered for is a record of all that was said', () => {
    const pickle = `${global('x', 'C')}${tuple(int(1))}\x81${put(0)}Nb${dict(str('a'), int(1))}b(${int(2)}e(${int(3)}${int(4)}u`;
    const made = read(pickle) as PyObject;
    expect([made.className, made.args, made.how]).toEqual(['x.C', [1], 'newobj']);
    expect([made.states, made.appends, made.setItems]).toEqual([[null, { a: 1 }], [2], [[3, 4]]]);
    const chain = read(`${global('x', 'f')})R${tuple(int(1))}R`) as PyObject;
    expect(chain.className).toBe('x.f()');
    expect((chain.callable as PyObject).args).toEqual([]);
  });

  it('gets a state by a setter whose result is thrown away', () => {
    const setter = (name: string): string =>
      `${newobj('Plain')}${put(0)}${global('m', name)}${tuple(get(0), int(5))}R0`;
    const states: unknown[] = [];
    const made = read(setter('set'), { registry: { m: { Plain, set: (...args: unknown[]) => states.push(args) } } });
    expect(states).toEqual([[made, 5]]);
    const inert = read(setter('set'), { registry: {} }) as PyObject;
    expect(inert.setters![0]!.args).toEqual([inert, 5]);
    expect(errorOf(() => read(setter('unknown')))).toMatchObject({ code: 'INVALID_STATE' });
  });

  it('is thrown away where its own arguments hold it, as CPython writes such an object', () => {
    const inner = `${global('x', 'C')}${get(0)}\x85R${put(1)}`;
    const bytes = `${global('x', 'C')}${newobj('Box')}${put(0)}(${inner}e\x85R0${get(1)}`;
    const made = read(bytes) as PyObject;
    expect(made.args[0]).toBeInstanceOf(Box);
    expect((made.args[0] as Box).items).toEqual([made]);
  });

  it('lets errors of registered code pass as they are', () => {
    const own = new Error('mine');
    const options = {
      registry: {
        m: {
          f: () => {
            throw own;
          },
        },
      },
    };
    expect(() => read(call('f'), options)).toThrow(own);
  });

  it('of a persistent id is what the caller says, and is filled as any', () => {
    const ids: unknown[] = [];
    const persistentLoad = (id: unknown): unknown => (ids.push(id), new Box());
    const made = read(`(${list(int(1))}${str('x')}tQ(${int(9)}e`, { persistentLoad }) as Box;
    expect(ids).toEqual([[[1], 'x']]);
    expect(made.items).toEqual([9]);
    expect(read('NQ', { persistentLoad: () => undefined })).toBe(undefined);
  });

  it('may be called if a registered function has given it', () => {
    const options = { registry: { m: { attr: (name: unknown) => (x: unknown) => [name, x] } } };
    expect(read(`${call('attr', str('n'))}${tuple(int(3))}R`, options)).toEqual(['n', 3]);
  });
});
