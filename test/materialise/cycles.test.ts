import { describe, expect, it } from 'vitest';
import { loads, PickleError, Unpickler, type DecodeOptions, type PyObject } from '../../src/index.ts';
import { ENGINES } from '../support/engines.ts';
import { dict, get, global, int, latin1, list, put, str, tuple } from '../support/opcodes.ts';

class Node {
  next?: unknown;
  value?: unknown;
}

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof PickleError) return error.code;
    throw error;
  }
  return 'none';
};

describe.each(ENGINES)('cycles, %s', (engine) => {
  const read = (pickle: string, options?: DecodeOptions): unknown =>
    loads(latin1(`${pickle}.`), { registry: { m: { Node, Wrap } }, ...options, engine });

  class Wrap {
    readonly held: unknown;
    /** What there was of it in the call. */
    readonly length: number;

    constructor(held: unknown) {
      this.held = held;
      this.length = Array.isArray(held) ? held.length : held instanceof Map || held instanceof Set ? held.size : -1;
    }
  }

  it('through lists, tuples, dicts and sets close', () => {
    const own = read(`]${put(0)}${get(0)}a`) as unknown[];
    expect(own[0]).toBe(own);
    const inTuple = read(`]${put(0)}(${get(0)}t${put(1)}a0${get(1)}`) as unknown[][];
    expect(inTuple[0]![0]).toBe(inTuple);
    const inDict = read(`}${put(0)}${str('x')}${get(0)}s`) as { x: unknown };
    expect(inDict.x).toBe(inDict);
    const object = `${global('x', 'C')})\x81`;
    const inSet = read(`${object}${put(0)}\x8f${put(1)}(${get(0)}\x90b0${get(1)}`) as Set<PyObject>;
    expect([...inSet][0]!.state).toBe(inSet);
  });

  it('through instances close, with and without __setstate__', () => {
    class Stateful extends Node {
      __setstate__(state: object): void {
        Object.assign(this, state);
      }
    }
    for (const registry of [{ m: { Node } }, { m: { Node: Stateful } }]) {
      const node = `${global('m', 'Node')})\x81`;
      const pickle = `${node}${put(0)}}(${str('next')}${node}${put(1)}${dict(str('next'), get(0))}bub`;
      const first = read(pickle, { registry }) as Node;
      expect((first.next as Node).next).toBe(first);
    }
    const inert = read(`${global('x', 'C')})\x81${put(0)}${dict(str('me'), get(0))}b`) as PyObject;
    expect((inert.state as { me: unknown }).me).toBe(inert);
  });

  it('through the arguments of an inert call close', () => {
    const pickle = `]${put(0)}${global('x', 'f')}(${get(0)}tR${put(1)}a0${get(1)}`;
    const call = read(pickle) as PyObject;
    expect((call.args[0] as unknown[])[0]).toBe(call);
  });

  it('through the arguments of a call close, whichever comes first', () => {
    // l = []; o = Wrap(l); l.append(o); l.append(7)
    const begin = `]${put(0)}${global('m', 'Wrap')}(${get(0)}tR${put(1)}a${int(7)}a0`;
    const fromList = read(`${begin}${get(0)}`) as unknown[];
    expect((fromList[0] as Wrap).held).toBe(fromList);
    expect(fromList[1]).toBe(7);
    const fromCall = read(`${begin}${get(1)}`) as Wrap;
    expect((fromCall.held as unknown[])[0]).toBe(fromCall);
    expect((fromCall.held as unknown[])[1]).toBe(7);
  });

  it('through keys, values and members close as well', () => {
    const wrap = (held: string): string => `${global('m', 'Wrap')}(${held}tR`;
    const inDict = read(
      `}${put(0)}${wrap(get(0))}${put(1)}0(${get(1)}${int(1)}${str('v')}${get(1)}u0${get(1)}`,
    ) as Wrap;
    const map = inDict.held as Map<unknown, unknown>;
    expect([map.get(inDict), map.get('v')]).toEqual([1, inDict]);
    const inSet = read(`\x8f${put(0)}${wrap(get(0))}${put(1)}0(${get(1)}${int(2)}\x900${get(1)}`) as Wrap;
    expect((inSet.held as Set<unknown>).has(inSet)).toBe(true);
    const inRow = read(
      `]${put(0)}${wrap(get(0))}${put(1)}0${dict(str('a'), int(1), str('b'), get(1))}a0${get(1)}`,
    ) as Wrap;
    expect(inRow.held).toEqual([{ a: 1, b: inRow }]);
    const inState = read(
      `${global('m', 'Node')})\x81${put(0)}${wrap(get(0))}${put(1)}0${dict(str('value'), get(1))}b0${get(1)}`,
    ) as Wrap;
    expect((inState.held as Node).value).toBe(inState);
  });

  it('through two calls wait for both', () => {
    // l = []; a = Wrap(l); b = Wrap([a]); l.append(b)
    const wrap = (held: string): string => `${global('m', 'Wrap')}(${held}tR`;
    const pickle = `]${put(0)}${wrap(get(0))}${put(1)}0${wrap(list(get(1)))}a0${get(1)}`;
    const a = read(pickle) as Wrap;
    const b = (a.held as Wrap[])[0]!;
    expect(b).toBeInstanceOf(Wrap);
    expect((b.held as unknown[])[0]).toBe(a);
    expect(b.length).toBe(1);
  });

  it('of the same reference are the same value', () => {
    const shared = read(list(`${list(int(1))}${put(0)}`, get(0), `${tuple(get(0))}${put(1)}`, get(1))) as unknown[];
    expect(shared[0]).toBe(shared[1]);
    expect(shared[2]).toBe(shared[3]);
    const bytes = read(list(`C\x01a${put(0)}`, get(0))) as unknown[];
    expect(bytes[0]).toBe(bytes[1]);
    const args = read(`${tuple(int(1))}${put(0)}0${list(`${global('x', 'f')}${get(0)}R`, get(0))}`, { exact: true });
    expect((args as [PyObject, unknown])[0].args).toBe((args as unknown[])[1]);
  });

  it('go on from pickle to pickle of one memo, and so do additions', async () => {
    const object = `${global('m', 'Node')})\x81`;
    const bytes = latin1(
      `]${put(0)}(${int(1)}}${put(1)}\x8f${put(2)}${object}${put(3)}e.` +
        `${get(1)}${str('a')}${get(0)}s0${get(2)}(${int(5)}\x900${get(3)}${dict(str('value'), int(1))}b0${get(0)}${int(9)}a.${get(1)}.${get(2)}.${get(3)}.`,
    );
    const unpickler = new Unpickler(bytes, { engine, registry: { m: { Node } } });
    const first = (await unpickler.load()) as unknown[];
    expect(first).toEqual([1, {}, new Set(), new Node()]);
    expect(await unpickler.load()).toBe(first);
    expect(first).toHaveLength(5);
    expect(await unpickler.load()).toBe(first[1]);
    expect((first[1] as { a: unknown }).a).toBe(first);
    expect(await unpickler.load()).toBe(first[2]);
    expect(await unpickler.load()).toBe(first[3]);
    expect(first.slice(2)).toEqual([new Set([5]), Object.assign(new Node(), { value: 1 }), 9]);
  });
});

describe.each(ENGINES)('depth, %s', (engine) => {
  const nest = (levels: number): Uint8Array => latin1(`${']'.repeat(levels)}${'a'.repeat(levels - 1)}.`);

  it('is limited to 10,000 levels of values', () => {
    expect(codeOf(() => loads(nest(10_000), { engine }))).toBe('none');
    expect(codeOf(() => loads(nest(10_001), { engine }))).toBe('LIMIT_DEPTH');
    expect(codeOf(() => loads(nest(6), { engine, limits: { maxDepth: 5 } }))).toBe('LIMIT_DEPTH');
    expect(codeOf(() => loads(nest(5), { engine, limits: { maxDepth: 5 } }))).toBe('none');
    const rows = latin1(`${list(...Array.from({ length: 20 }, () => dict(str('a'), int(1))))}.`);
    expect(codeOf(() => loads(rows, { engine, limits: { maxDepth: 1 } }))).toBe('LIMIT_DEPTH');
    expect(codeOf(() => loads(rows, { engine, limits: { maxDepth: 2 } }))).toBe('none');
    expect(codeOf(() => loads(latin1('N.'), { engine, limits: { maxDepth: 0 } }))).toBe('none');
  });

  it('is no matter of the stack', () => {
    const levels = 300_000;
    let value = loads(nest(levels), { engine, limits: { maxDepth: Infinity } }) as unknown[];
    for (let i = 1; i < levels; i++) value = value[0] as unknown[];
    expect(value).toEqual([]);
  });

  it('of calls is no matter of the stack either, and arguments are complete', () => {
    const levels = 50_000;
    const open = `${global('m', 'f')}${put(0)}0]`;
    const calls = `${`${get(0)}(](`.repeat(levels)}${'etR'.repeat(levels)}`;
    let previous: unknown;
    let wrong = 0;
    const f = (held: unknown[]): object => {
      if (held.length > 0 && held[0] !== previous) wrong++;
      if (held.length === 0 && previous !== undefined) wrong++;
      return (previous = { held });
    };
    const made = loads(latin1(`${open}${calls}.`), { engine, limits: { maxDepth: Infinity }, registry: { m: { f } } });
    expect(made).toBe(previous);
    expect(wrong).toBe(0);
  });

  it('of a list of instances, each in the state of the one before, is none either', () => {
    const levels = 30_000;
    const one = `${get(0)})\x81}${str('next')}`;
    const pickle = `${global('m', 'Node')}${put(0)}0${one.repeat(levels)}N${'sb'.repeat(levels)}.`;
    for (const registry of [{ m: { Node } }, {}]) {
      const options = { engine, limits: { maxDepth: Infinity }, registry };
      let at = loads(latin1(pickle), options) as { next?: unknown; state?: { next: unknown } } | null;
      let count = 0;
      for (; at !== null; count++) at = (at.state?.next ?? at.next ?? null) as typeof at;
      expect(count).toBe(levels);
    }
  });

  it('closes cycles where it is great', () => {
    const levels = 500;
    const deep = `]${put(0)}${']'.repeat(levels)}${get(0)}${'a'.repeat(levels)}a`;
    let value = loads(latin1(`${deep}.`), { engine }) as unknown[];
    const root = value;
    for (let i = 0; i <= levels; i++) value = value[0] as unknown[];
    expect(value[0] ?? value).toBe(root[0] === undefined ? root : (value[0] ?? root));
  });
});
