/** Both machines leave the same graph of the same bytes, or the same error, whole and in windows of any size. */
import { describe, expect, it } from 'vitest';
import { createTsMachine } from '../../src/machine/ts/machine.ts';
import { createWasmMachine } from '../../src/machine/wasm/machine.ts';
import type { Machine } from '../../src/machine/port.ts';
import { bytesOf, places, rowsOf, type Vector } from '../support/vectors.ts';
import { describeGraph } from './describe-graph.ts';
import { drive, type DriveOptions } from './drive.ts';

/** What a machine makes of a pickle: a graph whose masks do not fit, say, is a message. */
function outcome(machine: Machine, bytes: Uint8Array, options: DriveOptions): unknown {
  const driven = drive(machine, bytes, options);
  if (driven.error !== null) return driven.error;
  try {
    return { position: driven.position, protocol: machine.protocol, graph: describeGraph(driven) };
  } catch (error) {
    return String(error);
  }
}

describe.each(places())('vectors of $name', (place) => {
  it.each(['decode', 'errors'])('%s', (table) => {
    const ts = createTsMachine();
    const wasm = createWasmMachine();
    const different: unknown[] = [];
    for (const row of rowsOf<Vector>(table, place)) {
      const bytes = bytesOf(row, place);
      for (const window of bytes.length < 20_000 ? [0, 1, 7, 50] : [0, 5000]) {
        const expected = outcome(wasm, bytes, { ...row.options, window });
        const got = outcome(ts, bytes, { ...row.options, window });
        if (JSON.stringify(got) !== JSON.stringify(expected)) different.push([row.id, window, got, expected]);
      }
    }
    expect(different.slice(0, 12)).toEqual([]);
  });
});
