/** The bytes as an asynchronous input of chunks, each of its own buffer. */
export async function* chunksOf(bytes: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.slice(at, at + chunkBytes);
}

/** The same bytes as a view that begins at an odd offset, with other bytes around it. */
export function atOddOffset(bytes: Uint8Array): Uint8Array {
  const around = new Uint8Array(bytes.length + 16).fill(0x2e);
  around.set(bytes, 7);
  return around.subarray(7, 7 + bytes.length);
}
