/** pickleparser's published tests, as tables: 373 of them are about what it reads. */
import { describe, expect, it } from 'vitest';
import { ENGINES } from '../support/engines.ts';
import { OPCODE_CASES } from './opcode-cases.ts';
import { CASES_BEYOND, PICKLE_CASES } from './pickle-cases.ts';

const deviations = OPCODE_CASES.filter(({ deviation }) => deviation !== undefined);

describe.each(ENGINES)('the tests of pickleparser, %s', (engine) => {
  it.each(OPCODE_CASES.filter(({ deviation }) => deviation === undefined))('$title', ({ check }) => check(engine));
  it.each(PICKLE_CASES)('$title', ({ check }) => check(engine));
  it.each(CASES_BEYOND)('$title, which theirs leave out', ({ check }) => check(engine));

  it.each(deviations)('$title is otherwise: $deviation', ({ check, ours }) => {
    expect(() => check(engine)).toThrow();
    ours!(engine);
  });
});

describe('the tables', () => {
  it('hold all 373, of which 5 are otherwise here', () => {
    expect(OPCODE_CASES.length + PICKLE_CASES.length).toBe(373);
    expect(deviations).toHaveLength(5);
  });
});
