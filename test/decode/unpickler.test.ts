import { describe, expect, it } from 'vitest';
import { PyGlobal, Unpickler } from '../../src/index.ts';
import { chunksOf } from '../support/chunks.ts';
import { ENGINES } from '../support/engines.ts';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

class Point {
  readonly x: number;

  constructor(x: number) {
    this.x = x;
  }
}

describe.each(ENGINES)('an Unpickler, %s', (engine) => {
  const CALL = latin1('cgeo\nPoint\n(K\x05tR.');

  class Mine extends Unpickler {
    readonly asked: string[] = [];

    override findClass(module: string, name: string): unknown {
      this.asked.push(`${module}.${name}`);
      return name === 'Point' ? Point : super.findClass(module, name);
    }

    override persistentLoad(id: unknown): unknown {
      return `object ${String(id)}`;
    }
  }

  it('finds classes and persistent objects by its own rules', () => {
    const mine = new Mine(null, { engine });
    expect(mine.loads(CALL)).toEqual(new Point(5));
    expect(mine.loads(latin1('cother\nThing\n.'))).toBeInstanceOf(PyGlobal);
    expect(mine.asked).toEqual(['geo.Point', 'other.Thing']);
    expect(mine.loads(latin1('P42\n.'))).toBe('object 42');
    expect(mine.loads(latin1('K\x07Q.'))).toBe('object 7');
  });

  it('asks what is registered where the rules leave it open', () => {
    const mine = new Mine(null, { engine, registry: { other: { Thing: Point } } });
    expect(mine.loads(latin1('cother\nThing\n(K\x05tR.'))).toEqual(new Point(5));
  });

  it('has no rules but the options where nothing is overridden', () => {
    const plain = new Unpickler(null, { engine, persistentLoad: (id) => [id] });
    expect(plain.loads(latin1('P42\n.'))).toEqual(['42']);
    expect(() => new Unpickler(null, { engine }).loads(latin1('P42\n.'))).toThrow(/NO_PERSISTENT_LOAD at byte 0/);
  });

  it('reads pickle after pickle with one memo', async () => {
    const bytes = latin1('\x80\x04]\x94K\x05a.\x80\x04h\0.N.');
    for (const source of [bytes, chunksOf(bytes, 1)]) {
      const unpickler = new Unpickler(source, { engine });
      const first = await unpickler.load();
      expect(unpickler.engine).toBe(engine);
      expect(unpickler.position).toBe(8);
      expect(await unpickler.load()).toBe(first);
      expect(await unpickler.load()).toBe(null);
      await expect(unpickler.load()).rejects.toMatchObject({ code: 'EMPTY_INPUT', offset: bytes.length });
      await unpickler.close();
      await expect(unpickler.load()).rejects.toThrow(/closed/);
    }
  });

  it('is a sequence of what is left', async () => {
    const unpickler = new Unpickler(latin1('I1\n.I2\n.I3\n.'), { engine });
    expect(await unpickler.load()).toBe(1);
    const rest = [];
    for await (const value of unpickler) rest.push(value);
    expect(rest).toEqual([2, 3]);
  });

  it('is closed by an error', async () => {
    const unpickler = new Unpickler(latin1('I1\n.zI3\n.'), { engine });
    expect(await unpickler.load()).toBe(1);
    await expect(unpickler.load()).rejects.toMatchObject({ code: 'UNKNOWN_OPCODE', offset: 4 });
    await expect(unpickler.load()).rejects.toThrow(/closed/);
  });

  it('says that it has no source', async () => {
    await expect(new Unpickler(undefined, { engine }).load()).rejects.toThrow(/without a source/);
  });
});
