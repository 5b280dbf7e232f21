/** Pickles of arrays, written by hand in the text opcodes: these stand in pickles of any protocol. */

export const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** The opcodes of a dtype: its text, its byte order, and its size where it has one. */
export const dtype = (text: string, order = '<', size = -1): string =>
  `cnumpy\ndtype\n(V${text}\nI00\nI01\ntR(I3\nV${order}\nNNNI${size}\nI-1\nI0\ntb`;

/** The opcodes of a structured dtype; fields are `[name, opcodes of the dtype, offset]`. */
export function structDtype(fields: readonly (readonly [string, string, number])[], size: number): string {
  const names = fields.map(([name]) => `V${name}\n`).join('');
  const entries = fields.map(([name, of, offset]) => `V${name}\n(${of}I${offset}\nts`).join('');
  return `cnumpy\ndtype\n(VV${size}\nI00\nI01\ntR(I3\nV|\nN(${names}t(d${entries}I${size}\nI1\nI16\ntb`;
}

export const tuple = (lengths: readonly (number | bigint)[]): string =>
  `(${lengths.map((length) => `L${length}L\n`).join('')}t`;

/** The opcodes of bytes, as protocols 0 to 2 write them. */
export function bytes(content: readonly number[]): string {
  const text = content.map((byte) => `\\u${byte.toString(16).padStart(4, '0')}`).join('');
  return `c_codecs\nencode\n(V${text}\nVlatin1\ntR`;
}

/** `_reconstruct` and BUILD. */
export const reconstructed = (shape: string, of: string, contents: string, fortran = false): Uint8Array =>
  latin1(
    `cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntVb\ntR(I1\n${shape}${of}I0${fortran ? 1 : 0}\n${contents}tb.`,
  );

/** `_frombuffer` of an out-of-band buffer. */
export const fromBuffer = (shape: string, of: string, order = 'C', more = ''): Uint8Array =>
  latin1(`\x80\x05cnumpy._core.numeric\n_frombuffer\n(\x97${of}${shape}V${order}\n${more}tR.`);
