/** `loads` and `loadsPrefix`, and the machines behind them. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { engineOf, loads, loadsPrefix, type DecodeOptions } from '../../src/index.ts';
import { takeStation, returnStation, type Station } from '../../src/machine/pool.ts';
import type { MachineSettings } from '../../src/machine/port.ts';
import { DEFAULT_LIMITS } from '../../src/spec/limits.ts';
import { ENGINES } from '../support/engines.ts';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe.each(ENGINES)('loads, %s', (engine) => {
  const options: DecodeOptions = { engine };

  it('takes every kind of bytes', () => {
    const bytes = latin1('xxI42\n.yy');
    const view = bytes.subarray(2);
    for (const input of [
      view,
      Buffer.from(view),
      view.slice().buffer,
      new DataView(bytes.buffer, 2),
      new Int8Array(bytes.buffer, 2),
    ]) {
      expect(loads(input, options)).toBe(42);
    }
    const shared = new Uint8Array(new SharedArrayBuffer(6));
    shared.set(latin1('I42\n.'));
    expect(loads(shared, options)).toBe(42);
    expect(loads(shared.buffer, options)).toBe(42);
  });

  it('fetches a float 0.0 from the memo, whose bits are all zero', () => {
    const zero = `G${'\0'.repeat(8)}`;
    for (const pickle of [`${zero}q\0h\0.`, `${zero}r\x01\0\0\0j\x01\0\0\0.`, 'F0.0\np0\ng0\n.']) {
      expect(loads(latin1(pickle), options)).toBe(0);
    }
    expect(loads(latin1(`\x80\x04${zero}\x94h\0\x86.`), options)).toEqual([0, 0]);
  });

  it('says what to do with a string', () => {
    expect(() => loads('I42\n.' as unknown as Uint8Array, options)).toThrow(/bytes, not a string/);
    expect(() => loads(null as unknown as Uint8Array, options)).toThrow(TypeError);
  });

  it('gives bytes as views of the input, and never as Buffers', () => {
    const input = Buffer.from('C\x03abc.', 'latin1');
    const value = loads(input, options) as Uint8Array;
    expect(Object.getPrototypeOf(value)).toBe(Uint8Array.prototype);
    expect(value.buffer).toBe(input.buffer);
    expect(value.byteOffset).toBe(input.byteOffset + 2);
  });

  it('tells how many bytes a pickle takes, its protocol, and the engine', () => {
    const bytes = latin1('\x80\x03K\x01.rest');
    expect(loadsPrefix(bytes, options)).toEqual({ value: 1, bytesUsed: 5, protocol: 3, engine });
    expect(loadsPrefix(latin1('I1\n.'), options).protocol).toBe(0);
  });

  it('says what the input may be in place of a pickle, and keeps the code', () => {
    expect(() => loads(latin1('\x1f\x8b\x08\0'), options)).toThrow(/UNKNOWN_OPCODE at byte 0: .*gzip/);
    expect(() => loads(latin1('{"a": 1}'), options)).toThrow(/UNKNOWN_OPCODE at byte 0: .*JSON/);
    // A pickle's own error, far behind its beginning, is not explained away.
    expect(() => loads(latin1(`M\x5a\x01${'0N'.repeat(40)}z`), options)).toThrow(
      /^UNKNOWN_OPCODE at byte 83: The byte/,
    );
  });

  it('can be called by a callback of its own', () => {
    const inner = latin1('\x80\x04]\x94(K\x02K\x03e.');
    const persistentLoad = (id: unknown): unknown => [id, loads(inner, options)];
    const outer = latin1('](Pfirst\nPsecond\nK\x09e.');
    expect(loads(outer, { ...options, persistentLoad })).toEqual([['first', [2, 3]], ['second', [2, 3]], 9]);
  });

  it('is as good as new after an error and after a callback that throws', () => {
    const error = new Error('mine');
    for (let i = 0; i < 20; i++) {
      expect(() => loads(latin1('((((\x80\x04]\x94q\x07z'), options)).toThrow(/UNKNOWN_OPCODE/);
      expect(() => loads(latin1('\x80\x04((]\x94Pid\n.'), { ...options, persistentLoad: () => raise(error) })).toThrow(
        error,
      );
      expect(() => loads(latin1('h\0.'), options)).toThrow(/MEMO_MISSING/);
      expect(loads(latin1(']K\x01a.'), options)).toEqual([1]);
    }
  });

  it('tells a limit by what was asked for', () => {
    const limits = { maxStack: 3, maxMarks: 2, maxIntBytes: 4, maxStringBytes: 5, maxContainerItems: 2 };
    const refused = (text: string): unknown => {
      try {
        return loads(latin1(text), { ...options, limits });
      } catch (error) {
        return error;
      }
    };
    expect(refused('NNNN.')).toMatchObject({ code: 'LIMIT_STACK', limit: 3 });
    expect(refused('(((.')).toMatchObject({ code: 'LIMIT_STACK', limit: 2, actual: 3 });
    expect(refused('\x8a\x09123456789.')).toMatchObject({ code: 'LIMIT_INT_BYTES', limit: 4, actual: 9 });
    expect(refused('\x8c\x06123456.')).toMatchObject({ code: 'LIMIT_STRING', limit: 5, actual: 6 });
    expect(refused(']NaNaNa.')).toMatchObject({ code: 'LIMIT_CONTAINER', limit: 2 });
  });
});

describe('the choice of an engine', () => {
  it('is wasm where it runs', () => {
    expect(engineOf()).toBe('wasm');
    expect(loadsPrefix(latin1('N.'), { engine: 'ts' }).engine).toBe('ts');
  });
});

describe.each(ENGINES)('waiting machines, %s', (engine) => {
  const settings: MachineSettings = { ...DEFAULT_LIMITS, bits: 0, bufferCount: 0 };

  it('are used again', () => {
    const station = takeStation(engine);
    returnStation(station, settings, 10);
    expect(takeStation(engine)).toBe(station);
    returnStation(station, settings, 10);
  });

  it('do not grow from decode to decode', () => {
    const message = latin1('}(X\x02\0\0\0idK\x01X\x04\0\0\0tags](X\x01\0\0\0aX\x01\0\0\0beu.');
    const bytesHeld = (): number => {
      const station = takeStation(engine);
      returnStation(station, settings, 0);
      return station.machine.graph.f64.byteLength;
    };
    for (let i = 0; i < 1000; i++) loads(message, { engine });
    const before = bytesHeld();
    for (let i = 0; i < 100_000; i++) loads(message, { engine });
    expect(bytesHeld()).toBe(before);
  });

  it('are few', () => {
    const stations = Array.from({ length: 20 }, () => takeStation(engine));
    expect(new Set(stations).size).toBe(20);
    for (const station of stations) returnStation(station, settings, 10);
    const again = Array.from({ length: 20 }, () => takeStation(engine));
    expect(again.filter((station) => stations.includes(station)).length).toBeLessThan(10);
    for (const station of again) returnStation(station, settings, 10);
  });

  /** A machine that holds over 64 MiB. */
  function grown(): Station {
    const bytes = latin1(`](${'G\x3f\xf8\0\0\0\0\0\0'.repeat(2 * 2 ** 20)}`);
    const station: Station = takeStation(engine);
    station.machine.begin(settings);
    // 2^24 values on the stack are allowed; then 16 MiB of items in one list for each batch.
    station.machine.run(bytes, 0, bytes.length, 0, false);
    for (let i = 0; station.machine.graph.f64.byteLength <= 64 * 2 ** 20 && i < 8; i++) {
      station.machine.run(latin1('e('), 0, 2, bytes.length, false);
      station.machine.run(bytes, 2, bytes.length, bytes.length, false);
    }
    expect(station.machine.graph.f64.byteLength).toBeGreaterThan(64 * 2 ** 20);
    return station;
  }

  it('are kept for other large inputs when they have grown large', () => {
    const station = grown();
    returnStation(station, settings, 0);
    const next = takeStation(engine);
    expect(next).not.toBe(station);
    returnStation(next, settings, 0);
    expect(takeStation(engine, true)).toBe(station);
  });

  it('are left to the garbage collector then', async () => {
    const gone: string[] = [];
    const registry = new FinalizationRegistry((name: string) => gone.push(name));
    (() => {
      const station = grown();
      registry.register(station.machine, 'machine');
      returnStation(station, settings, 0);
    })();
    const collect = collector();
    for (let turn = 0; turn < 20 && gone.length === 0; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      collect();
    }
    expect(gone).toEqual(['machine']);
  });
});

/** V8's collector, which only a flag makes visible. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

function raise(error: Error): never {
  throw error;
}
