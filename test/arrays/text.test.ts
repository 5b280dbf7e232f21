/** Arrays as text, against what numpy prints: fixtures/array-text.jsonl, which fixtures/make-array-text.py has made. */
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { arrayText } from '../../src/arrays/text/array-text.ts';
import { arrayFromBytes, dtypeOfText, loads, NdArray } from '../../src/index.ts';
import { readJsonLines } from '../support/json-lines.ts';
import { FIXTURES } from '../support/places.ts';

const ROWS = readJsonLines<{ pickle: string; text: string }>(join(FIXTURES, 'array-text.jsonl'));
const FLOAT32 = dtypeOfText('<f4')!;

describe('the text of an array', () => {
  it.each(ROWS.map(({ pickle, text }, i) => [i, text.split('\n')[0]!, pickle, text]))(
    'is numpy’s: %i %s',
    (_, __, pickle, text) => {
      const array = loads(Buffer.from(pickle as string, 'base64')) as NdArray;
      expect(arrayText(array, { lines: Infinity })).toBe(text);
    },
  );

  it('is a corner of few lines, however large the array', () => {
    const ones = new Float32Array(1).fill(1);
    const broadcast = (length: number, ndim: number): NdArray =>
      new NdArray({ data: ones, descr: FLOAT32, shape: Array(ndim).fill(length), strides: Array(ndim).fill(0) });
    expect(arrayText(broadcast(1e6, 2), { edge: 1 })).toBe('[[1. ... 1.]\n ...\n [1. ... 1.]]');
    expect(arrayText(broadcast(100, 4)).split('\n').length).toBeLessThan(60);
    expect(arrayText(broadcast(3, 33))).toBe('[...]');
    expect(arrayText(broadcast(100, 1), { threshold: 10 })).toBe('[1. 1. 1. ... 1. 1. 1.]');
  });

  it('does not let one element take it all', () => {
    const long = arrayFromBytes(new Uint8Array(10_000).fill(0x61), dtypeOfText('|S10000')!, [1]);
    expect(arrayText(long).length).toBeLessThan(300);
  });

  it('stands in the console, and in what holds the array', () => {
    const array = arrayFromBytes(new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer), FLOAT32, [2, 2]);
    expect(inspect(array.at(0))).toBe('NdArray float32 (2,) [1. 2.]');
    expect(inspect({ weights: array })).toBe('{\n  weights: NdArray float32 (2, 2)\n    [[1. 2.]\n     [3. 4.]]\n}');
    expect(inspect([[[array]]])).toContain('[NdArray float32 (2, 2)]');
  });
});
