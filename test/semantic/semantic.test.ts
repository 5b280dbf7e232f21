/**
 * What files mean: every line of the corpora with a semantic truth is read, and told in the truth's own words. With
 * SEMANTIC_REPORT=<file> in the environment, every place that is not told as its truth tells it is written there.
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
import { type Difference, differencesOf } from './same.ts';
import { TELLERS } from './tell/index.ts';
import { tellWith, type Form } from './teller.ts';

const CORPORA = [
  ['made', madeLines],
  ['made-older', olderLines],
  ['real', olderLines],
] as const;

async function differencesIn(wanted: Expectation, form: Form, engine: 'wasm' | 'ts'): Promise<Difference[]> {
  const tell = tellWith(TELLERS, form);
  const found: Difference[] = [];
  if (wanted.value !== undefined) found.push(...differencesOf(tell(await wanted.read(engine, false)), wanted.value));
  if (wanted.parts.length === 0) return found;
  const whole = await wanted.read(engine, true);
  for (const { at, node, isPlain } of wanted.parts) {
    const part = isPlain ? plainArray(partAt(whole, at)) : partAt(whole, at);
    found.push(...differencesOf(tell(part), node, JSON.stringify(at)));
  }
  return found;
}

async function differencesOfLine(line: Line, engine: 'wasm' | 'ts'): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  try {
    for (const wanted of line.expectations()) found.push(...(await differencesIn(wanted, line.form, engine)));
    return found;
  } catch (error) {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return [...found, { path: text, text }];
  }
}

/** What is wrong with a line: it differs in other places than those that are known, or no longer in one of them. */
function problemOf(found: readonly Difference[], known: readonly string[]): string | null {
  const others = found.filter(({ path }) => !known.includes(path));
  if (others.length > 0) return others.map(({ text }) => text).join('; ');
  const closed = known.filter((path) => found.every((one) => one.path !== path));
  return closed.length === 0 ? null : `differs no longer at ${closed.join(', ')}: strike it off test/known-gaps.ts`;
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
      const but = gap === undefined ? '' : `, but places of ${gap.lines.length}`;
      it(`${family}: all ${lines.length}${but}`, async () => {
        const unknown = gap?.lines.filter((id) => lines.every((line) => line.id !== id)) ?? [];
        expect(unknown, 'lines of test/known-gaps.ts that are no lines').toEqual([]);
        const failures = new Failures();
        const report = process.env['SEMANTIC_REPORT'];
        for (const line of lines) {
          const found = await differencesOfLine(line, engine);
          for (const { text } of report ? found : []) {
            appendFileSync(report!, `${name}/${family} ${engine} ${line.id}: ${text}\n`);
          }
          failures.note(line.id, problemOf(found, gap?.lines.includes(line.id) ? gap.at : []));
        }
        failures.report();
      });
    }
  });
}
