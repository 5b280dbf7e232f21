/**
 * What files mean: every line of the corpora with a semantic truth is read, and told in the truth's own words. With
 * SEMANTIC_REPORT=<file> in the environment, every line that is not told as its truth tells it is written there.
 */
import { appendFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SEMANTIC_GAPS } from '../known-gaps.ts';
import { corpusThere } from '../support/corpus.ts';
import { ENGINES } from '../support/engines.ts';
import { Failures } from '../support/failures.ts';
import { NO_SHARED, shared } from '../support/places.ts';
import { madeLines, olderLines, type Expectation, type Line } from './lines.ts';
import { partAt, plainArray } from './places.ts';
import { differenceOf } from './same.ts';
import { TELLERS } from './tell/index.ts';
import { tellWith, type Form } from './teller.ts';

const CORPORA = [
  ['made', madeLines],
  ['made-older', olderLines],
  ['real', olderLines],
] as const;

async function problemOf(wanted: Expectation, form: Form, engine: 'wasm' | 'ts'): Promise<string | null> {
  const tell = tellWith(TELLERS, form);
  if (wanted.value !== undefined) {
    const difference = differenceOf(tell(await wanted.read(engine, false)), wanted.value);
    if (difference !== null) return difference;
  }
  if (wanted.parts.length === 0) return null;
  const whole = await wanted.read(engine, true);
  for (const { at, node, isPlain } of wanted.parts) {
    const part = isPlain ? plainArray(partAt(whole, at)) : partAt(whole, at);
    const difference = differenceOf(tell(part), node, JSON.stringify(at));
    if (difference !== null) return difference;
  }
  return null;
}

async function problemOfLine(line: Line, engine: 'wasm' | 'ts'): Promise<string | null> {
  try {
    for (const wanted of line.expectations()) {
      const problem = await problemOf(wanted, line.form, engine);
      if (problem !== null) return problem;
    }
    return null;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

for (const [name, linesOf] of CORPORA) {
  const folder = shared('corpus', name);
  if (!corpusThere(folder)) {
    describe.skip(`meanings of ${name} (${NO_SHARED})`, () => it('are told for every line', () => {}));
    continue;
  }
  const byFamily = new Map<string, Line[]>();
  for (const line of linesOf(folder)) byFamily.set(line.family, [...(byFamily.get(line.family) ?? []), line]);
  describe.each(ENGINES)(`meanings of ${name}, %s`, (engine) => {
    for (const [family, lines] of byFamily) {
      const gap = SEMANTIC_GAPS[`${name}/${family}`];
      const but = gap === undefined ? '' : `, but ${gap.failing}`;
      it(`${family}: all ${lines.length}${but}`, async () => {
        const problems: [id: string, problem: string | null][] = [];
        for (const line of lines) problems.push([line.id, await problemOfLine(line, engine)]);
        const report = process.env['SEMANTIC_REPORT'];
        for (const [id, problem] of problems) {
          if (report && problem !== null) appendFileSync(report, `${name}/${family} ${engine} ${id}: ${problem}\n`);
        }
        const failing = problems.filter(([, problem]) => problem !== null).length;
        if (gap !== undefined && failing === gap.failing) return;
        if (gap !== undefined && failing < gap.failing) {
          expect(failing, 'less fail than test/known-gaps.ts says: strike them off').toBe(gap.failing);
        }
        const failures = new Failures();
        for (const [id, problem] of problems) failures.note(id, problem);
        failures.report();
      });
    }
  });
}
