/** The conformance vectors of one text or number each, answered by the host alone. */
import { describe, it } from 'vitest';
import { OPCODES } from '../../src/spec/opcodes.ts';
import { Failures } from '../support/failures.ts';
import { bytesOf, places, rowsOf, type Place, type Vector } from '../support/vectors.ts';
import { ask, type Request } from './ask.ts';

/** The opcodes whose vectors are looked at, and the bytes of their length field. */
const WIDTHS: Readonly<Record<string, number>> = {
  INT: 0,
  LONG: 0,
  FLOAT: 0,
  STRING: 0,
  UNICODE: 0,
  SHORT_BINSTRING: 1,
  BINSTRING: 4,
  SHORT_BINUNICODE: 1,
  BINUNICODE: 4,
  BINUNICODE8: 8,
};

/** The request that a row's first opcode makes, if the opcode and STOP are all there is to the row. */
function requestOf(row: Vector, place: Place): { request: Request; rest: number } | undefined {
  const bytes = Buffer.from(bytesOf(row, place));
  const opcode = OPCODES.find(({ code }) => code === bytes[0])?.name ?? '';
  const width = WIDTHS[opcode];
  if (width === undefined || bytes.length < width + 2 || bytes.at(-1) !== 0x2e) return undefined;
  const length = width === 0 ? 0 : bytes.readUIntLE(1, Math.min(width, 6));
  const input = bytes.toString('latin1', 1 + width);
  const last = width === 0 ? input.indexOf('\n') + 1 : length;
  if (last !== input.length - 1) return undefined;
  const { encoding = 'ASCII', errors = 'strict' } = row.options;
  return { request: { opcode, input, length, options: { encoding, errors } }, rest: last };
}

/** An answer as a truth node of the vectors. */
function truthOf(answer: unknown): unknown {
  if (typeof answer === 'string') return answer;
  const told = answer as { int?: number; constant?: number; value?: unknown; float?: string };
  if (told.int !== undefined) return { int: String(told.int | 0) };
  if (told.constant !== undefined) return told.constant === 2;
  if (told.float !== undefined) return { float: told.float };
  if (typeof told.value === 'bigint') return { int: String(told.value) };
  if (told.value instanceof Uint8Array) return { bytes: Buffer.from(told.value).toString('base64') };
  return { text: told.value };
}

const asNode = (truth: unknown): unknown => (typeof truth === 'string' ? { text: truth } : truth);

/** The rows of a table, of every place, that are one request each. */
function* requests(table: string): Generator<{ row: Vector; request: Request; rest: number }> {
  for (const place of places()) {
    for (const row of rowsOf<Vector>(table, place)) {
      const found = row.truth_file === undefined ? requestOf(row, place) : undefined;
      if (found !== undefined) yield { row, ...found };
    }
  }
}

describe('vectors of one value', () => {
  it('are read as they should be', () => {
    const failures = new Failures();
    for (const { row, request, rest } of requests('decode')) {
      const answer = ask(request);
      const got = JSON.stringify(truthOf(answer));
      const want = JSON.stringify(asNode(row.truth));
      const behind = (answer as { behind?: number }).behind;
      failures.note(row.id, got === want && behind === rest ? null : `${got} at ${behind}, wanted ${want}`);
    }
    failures.report();
  });

  it('are refused as they should be', () => {
    const failures = new Failures();
    for (const { row, request } of requests('errors')) {
      const answer = ask(request);
      if (typeof answer === 'string') {
        failures.note(
          row.id,
          row.prefer === 'value' && answer !== 'LIMIT_INT_DIGITS' ? `${answer}, wanted a value` : null,
        );
        continue;
      }
      const got = JSON.stringify(truthOf(answer));
      const wrong = row.must === 'error' || row.prefer === 'error' || got !== JSON.stringify(asNode(row.truth));
      failures.note(row.id, wrong ? `${got}, wanted an error or the truth` : null);
    }
    failures.report();
  });
});
