/** Strings of an array of fixed-width UCS-4. */
import { pickleError } from '../../spec/pickle-error.ts';
import type { Converters } from './converters.ts';

/** Bytes that are made one string, which is then cut up; items that are longer are taken one by one. */
const WINDOW_BYTES = 64 * 1024;

/**
 * @param bytes a whole number of items
 * @param width characters of an item, over 0
 * @throws PickleError INVALID_STATE where a character is above U+10FFFF
 */
export function stringsBy(converters: Converters, bytes: Uint8Array, width: number, bigEndian: boolean): string[] {
  const itemSize = 4 * width;
  const strings = new Array<string>(bytes.length / itemSize);
  const windowBytes = itemSize * Math.max(1, Math.floor(WINDOW_BYTES / itemSize));
  let made = 0;
  for (let at = 0; at < bytes.length; at += windowBytes) {
    const joined = converters.joinUcs4(bytes.subarray(at, at + windowBytes), width, bigEndian);
    if (joined === null) throw pickleError('INVALID_STATE', { offset: -1, detail: 'A character is above U+10FFFF.' });
    const { text, ends } = joined;
    let start = 0;
    for (let i = 0; i < ends.length; i++) {
      const end = ends[i]!;
      strings[made++] = text.substring(start, end);
      start = end;
    }
  }
  return strings;
}
