/** Fixed-width UCS-4 in TypeScript. */
import { latin1Text, utf16Text } from '../../bytes/chunks.ts';
import { bytesOf, type JoinedText } from './converters.ts';

/** See `Converters`. */
export function joinUcs4(source: Uint8Array, width: number, bigEndian: boolean): JoinedText | null {
  const characters = charactersOf(source, bigEndian);
  let bits = 0;
  for (let i = 0; i < characters.length; i++) bits |= characters[i]!;
  const units = bits >>> 0 > 0xff ? new Uint16Array(characters.length * (bits >>> 0 > 0xffff ? 2 : 1)) : null;
  const latin1 = units ?? new Uint8Array(characters.length);
  const ends = new Uint32Array(characters.length / width);
  let top = 0;
  for (let i = 0, at = 0; i < ends.length; i++, at += width) {
    let length = width;
    while (length > 0 && characters[at + length - 1] === 0) length--;
    for (let k = at; k < at + length; k++) {
      const character = characters[k]!;
      if (character <= 0xffff) latin1[top++] = character;
      else if (character <= 0x10ffff) {
        latin1[top++] = 0xd7c0 + (character >>> 10);
        latin1[top++] = 0xdc00 | (character & 0x3ff);
      } else return null;
    }
    ends[i] = top;
  }
  const bytes = bytesOf(latin1);
  return { text: units === null ? latin1Text(bytes, 0, top) : utf16Text(bytes, 0, 2 * top), ends };
}

function charactersOf(source: Uint8Array, bigEndian: boolean): Uint32Array {
  const { buffer, byteOffset, length } = source.byteOffset % 4 === 0 ? source : new Uint8Array(source);
  if (!bigEndian) return new Uint32Array(buffer, byteOffset, length / 4);
  const characters = new Uint32Array(length / 4);
  for (let i = 0, at = 0; i < characters.length; i++, at += 4) {
    characters[i] = (source[at]! << 24) | (source[at + 1]! << 16) | (source[at + 2]! << 8) | source[at + 3]!;
  }
  return characters;
}
