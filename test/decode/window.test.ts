import { describe, expect, it } from 'vitest';
import { StreamWindow } from '../../src/decode/window.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('the window on a stream', () => {
  it('takes a chunk as it is when nothing is left unread', () => {
    const window = new StreamWindow();
    const chunk = bytes(1, 2, 3);
    window.append(chunk);
    expect(window.bytes).toBe(chunk);
    window.advance(3);
    const next = bytes(4, 5);
    window.append(next);
    expect(window.bytes).toBe(next);
    expect([window.position, window.available]).toEqual([3, 5]);
  });

  it('joins what is unread with what comes, and leaves bytes that a machine may hold as they are', () => {
    const window = new StreamWindow();
    const chunk = bytes(1, 2, 3);
    window.append(chunk);
    window.advance(2);
    window.append(bytes(4));
    const held = window.bytes.subarray(window.start, window.end);
    window.append(bytes(5, 6));
    expect([...window.bytes.subarray(window.start, window.end)]).toEqual([3, 4, 5, 6]);
    expect([...held]).toEqual([3, 4]);
    expect([...chunk]).toEqual([1, 2, 3]);
    expect([window.position, window.available]).toEqual([2, 6]);
  });

  it('copies each byte a bounded number of times, however small the chunks', () => {
    const window = new StreamWindow();
    const buffers = new Set<ArrayBufferLike>();
    const count = 2 ** 18;
    for (let i = 0; i < count; i++) {
      window.append(bytes(i & 0xff));
      buffers.add(window.bytes.buffer);
    }
    expect(window.end - window.start).toBe(count);
    const capacity = [...buffers].reduce((sum, buffer) => sum + buffer.byteLength, 0);
    expect(capacity).toBeLessThan(6 * count);
  });

  it('gives slices by absolute offset, and none that is not wholly there', () => {
    const window = new StreamWindow();
    window.append(bytes(1, 2, 3, 4));
    window.advance(1);
    expect(window.slice(2, 2)).toEqual(bytes(3, 4));
    expect(window.slice(4, 0)).toEqual(bytes());
    expect(window.slice(2, 3)).toBeUndefined();
    expect(window.slice(1000, 1)).toBeUndefined();
    expect(window.slice(1, 2 ** 52)).toBeUndefined();
  });

  it('finds newlines behind the place it has searched to', () => {
    const window = new StreamWindow();
    window.append(bytes(1, 2, 3));
    expect(window.newline(0)).toBe(-1);
    window.append(bytes(4, 10, 5, 10));
    expect(window.newline(0)).toBe(4);
    expect(window.newline(5)).toBe(6);
    expect(window.newline(7)).toBe(-1);
    // Another line, before the place that was searched last.
    expect(window.newline(2)).toBe(4);
    window.append(bytes(10));
    expect(window.newline(7)).toBe(7);
  });

  it('searches a long line once, not once a chunk', () => {
    const window = new StreamWindow();
    const begin = performance.now();
    let found = 0;
    for (let i = 0; i < 200_000; i++) {
      window.append(bytes(0x61));
      if (window.newline(0) >= 0) found++;
    }
    expect(found).toBe(0);
    // Quadratic, it would look at 2 * 10^10 bytes.
    expect(performance.now() - begin).toBeLessThan(5000);
  });
});
