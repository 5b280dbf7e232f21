/** Pickles written by hand, opcode by opcode. */

/** The bytes of characters up to U+00FF. */
export const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** SHORT_BINUNICODE of ASCII text. */
export const str = (text: string): string => `\x8c${String.fromCharCode(text.length)}${text}`;

/** BININT1. */
export const int = (value: number): string => `K${String.fromCharCode(value)}`;

/** BINFLOAT. */
export function float(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return `G${String.fromCharCode(...new Uint8Array(view.buffer))}`;
}

/** LONG1 of up to 255 bytes. */
export function long(value: bigint): string {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push(Number(rest & 0xffn));
    rest >>= 8n;
  } while (rest !== 0n && rest !== -1n);
  if (value >= 0n !== bytes[bytes.length - 1]! < 0x80) bytes.push(value >= 0n ? 0 : 0xff);
  return `\x8a${String.fromCharCode(bytes.length, ...bytes)}`;
}

/** A dict of these keys and values, by one SETITEMS. */
export const dict = (...items: readonly string[]): string => `}(${items.join('')}u`;

/** A list of these items, by one APPENDS. */
export const list = (...items: readonly string[]): string => `](${items.join('')}e`;

export const tuple = (...items: readonly string[]): string => `(${items.join('')}t`;

/** GLOBAL. */
export const global = (module: string, name: string): string => `c${module}\n${name}\n`;

export const put = (number: number): string => `q${String.fromCharCode(number)}`;
export const get = (number: number): string => `h${String.fromCharCode(number)}`;
