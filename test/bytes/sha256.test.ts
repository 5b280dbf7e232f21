import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { Sha256, sha256Hex } from '../../src/bytes/sha256.ts';

const node = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

it('gives the SHA-256 of any number of bytes, wherever in their buffer they are', () => {
  const bytes = Uint8Array.from({ length: 70_003 }, (_, i) => (i * 2_654_435_761) >>> 24);
  for (let length = 0; length < 300; length++) {
    const part = bytes.subarray(length, 2 * length);
    expect(sha256Hex(part)).toBe(node(part));
  }
  expect(sha256Hex(bytes.subarray(3))).toBe(node(bytes.subarray(3)));
  expect(sha256Hex(new TextEncoder().encode('abc'))).toMatch(/^ba7816bf8f01cfea/);
});

it('gives the same piece by piece', () => {
  const bytes = Uint8Array.from({ length: 700 }, (_, i) => i);
  for (let step = 1; step < 200; step++) {
    const hash = new Sha256();
    for (let at = 0; at < bytes.length; at += step) hash.update(bytes.subarray(at, at + step));
    expect(Buffer.from(hash.digest()).toString('hex')).toBe(node(bytes));
  }
});
