/**
 * Pickles that are read with { exact: true } and written again, judged by this machine's CPython: they hold the same value, by
 * its own machine; and they are the same bytes where its pickler would write those, memo numbers included. Some of each part,
 * or all with ROUNDTRIP=all; with ROUNDTRIP_REPORT=<file> all that differs is written there.
 */
import { appendFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { corpusPickles, fixturePickles, vectorPickles, type Pickle } from '../encode/roundtrip-readings.ts';
import { NOT_WRITTEN_AGAIN } from '../known-gaps.ts';
import { ENGINES } from '../support/engines.ts';
import { Failures } from '../support/failures.ts';
import { NO_PYTHON, NO_SHARED, python3, shared } from '../support/places.ts';
import { answersTo, askedOf, type Answer, type Asked } from './roundtrip-asked.ts';

const IS_ALL = process.env['ROUNDTRIP'] === 'all';
const REPORT = process.env['ROUNDTRIP_REPORT'];
const READERS = IS_ALL ? ENGINES : ENGINES.slice(0, 1);
/** Bytes of a pickle that is one of the few. */
const MAX_BYTES = 4000;

/** Pickles at least: of some, and of all. Where these rise, they are to be raised. */
interface Floor {
  /** That are the same bytes again. */
  readonly same: readonly [some: number, all: number];
  /** That CPython's pickler writes, too, with equal strings as one object. */
  readonly asPickler: readonly [some: number, all: number];
}

const PARTS: readonly (readonly [name: string, every: number, pickles: () => Pickle[], floor: Floor])[] = [
  ['vectors', 6, vectorPickles, { same: [681, 681], asPickler: [928, 928] }],
  ['fixtures', 1, fixturePickles, { same: [12, 12], asPickler: [19, 19] }],
  ['real', 4, () => corpusPickles('real'), { same: [54, 54], asPickler: [125, 125] }],
  ['made-older', 4, () => corpusPickles('made-older'), { same: [104, 104], asPickler: [118, 118] }],
  ['made', 12, () => corpusPickles('made'), { same: [147, 147], asPickler: [109, 109] }],
];

/** Why the bytes are others than CPython's pickler writes for the same objects: the first difference tells. */
const WHY_OTHER: Readonly<Record<string, RegExp>> = {
  'Python tells strings by identity, JavaScript has none: keys are one object here, values are not':
    /\| \d+: (?:(?:LONG_)?(?:BIN)?GET \S+ \| here \d+: \w*UNICODE|\w*UNICODE .* \| here \d+: (?:LONG_)?(?:BIN)?GET) /,
  'two surrogates in a row are one character in JavaScript': /UNICODE '\\ud8[^|]*\| here \d+: \w*UNICODE '\\U/,
  'a list or dict that was made by a call tells itself': /GLOBAL '\w+ (?:list|dict)'|(?:FRAME 24 \| here 2: EMPTY)/,
};

const python = python3();
const truth = shared('truth');
const missing = python === null ? NO_PYTHON : truth === null ? NO_SHARED : undefined;

function someOf(pickles: readonly Pickle[], every: number): Pickle[] {
  return pickles.filter((pickle, i) => i % every === 0 && pickle.bytes().length <= MAX_BYTES);
}

describe.skipIf(missing !== undefined)(`pickles written again, by CPython${missing ? ` (${missing})` : ''}`, () => {
  describe.each(READERS)('read by %s', (engine) => {
    for (const [name, every, pickles, floor] of PARTS) {
      it(`${name}: the same values, and the bytes of its pickler`, { timeout: 1_800_000 }, () => {
        const values = new Failures();
        const bytes = new Failures();
        const asked: Asked[] = [];
        const chosen = IS_ALL ? pickles() : someOf(pickles(), every);
        for (const pickle of chosen) {
          const one = askedOf(pickle, engine);
          if (one !== undefined) asked.push(one);
        }
        const answers = answersTo(python!, truth!, asked);
        expect(answers.length).toBe(asked.length);
        let same = 0;
        let asPickler = 0;
        for (const [i, answer] of answers.entries()) {
          const { id, isSame } = asked[i]!;
          values.note(id, valueProblem(id, answer));
          bytes.note(id, isSame ? null : bytesProblem(answer));
          if (isSame) same++;
          if (Object.values(answer.all).every((problem) => problem === null)) asPickler++;
          if (REPORT) appendFileSync(REPORT, `${JSON.stringify({ name, engine, id, isSame, ...answer })}\n`);
        }
        values.report();
        bytes.report();
        const which = IS_ALL ? 1 : 0;
        if (REPORT)
          appendFileSync(REPORT, `${name} ${engine}: ${asked.length}, same ${same}, as pickler ${asPickler}\n`);
        expect(same, 'the same bytes').toBeGreaterThanOrEqual(floor.same[which]);
        expect(asPickler, "the bytes of CPython's pickler").toBeGreaterThanOrEqual(floor.asPickler[which]);
      });
    }
  });
});

function valueProblem(id: string, { wrong }: Answer): string | null {
  const problems = Object.entries(wrong).map(([how, problem]) => `${how}: ${problem}`);
  const gap = NOT_WRITTEN_AGAIN[id];
  if (gap === undefined) return problems.length > 0 ? problems.join('; ') : null;
  return problems.length > 0 ? null : `is the same now: strike it off (${gap.why})`;
}

/** What is wrong with other bytes than those that were read, where CPython's pickler writes those that were read. */
function bytesProblem({ cpython, written }: Answer): string | null {
  if (cpython !== null || typeof written !== 'string') return null;
  return Object.values(WHY_OTHER).some((why) => why.test(written)) ? null : written;
}
