// @ts-check
/** The conversions that are measured: their data, and the call, the same for both paths. */

/**
 * @typedef {object} Prepared
 * @property {number} bytes of input
 * @property {() => unknown} reused the result goes where the one before went
 * @property {(() => unknown) | null} fresh the result gets new memory; null where it always does
 */

/** @typedef {any} Converters `Converters` of src/arrays/convert/converters.ts */
/** @typedef {{ id: string, title: string, of: 'input' | 'output', prepare: (paths: Converters, bytes: number) => Prepared }} Conversion */

/**
 * @param {number} length
 * @param {number} mask of the bits that each byte may have
 */
function noise(length, mask = 0xff) {
  const bytes = new Uint8Array(length);
  let state = 1;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = (state >>> 24) & mask;
  }
  return bytes;
}

/**
 * Most conversions: from bytes to a typed array.
 * @param {Uint8Array} input
 * @param {() => unknown} make
 * @param {(out: any) => unknown} call
 * @returns {Prepared}
 */
function into(input, make, call) {
  const out = make();
  return { bytes: input.length, reused: () => call(out), fresh: () => call(make()) };
}

/** @param {number} itemSize */
const swap = (itemSize) => ({
  id: `swap-${itemSize}`,
  title: `byte swap, ${itemSize}-byte items`,
  of: /** @type {const} */ ('input'),
  prepare(/** @type {Converters} */ paths, /** @type {number} */ bytes) {
    const input = noise(bytes);
    return into(
      input,
      () => new Uint8Array(bytes),
      (out) => paths.swapBytes(input, itemSize, out),
    );
  },
});

/** @param {'float16' | 'bfloat16'} from */
const widen = (from) => ({
  id: from,
  title: `${from} to float32`,
  of: /** @type {const} */ ('output'),
  prepare(/** @type {Converters} */ paths, /** @type {number} */ bytes) {
    // Finite numbers of many sizes, one in 1000 subnormal.
    const input = noise(bytes / 2).map((byte, i) =>
      i % 2 === 0 ? byte : i % 2000 === 1 ? byte & 0x83 : (byte & 0xbf) | 4,
    );
    return into(
      input,
      () => new Float32Array(bytes / 4),
      (out) => paths[`${from}ToFloat32`](input, out),
    );
  },
});

/**
 * @param {string} what
 * @param {number} itemSize
 * @param {(items: number) => number[]} shapeOf
 */
const transpose = (what, itemSize, shapeOf) => ({
  id: `order-${what.replaceAll(/\W+/g, '-')}-${itemSize}`,
  title: `Fortran to C order, ${what}, ${itemSize}-byte items`,
  of: /** @type {const} */ ('input'),
  prepare(/** @type {Converters} */ paths, /** @type {number} */ bytes) {
    const shape = shapeOf(bytes / itemSize);
    const input = noise(itemSize * shape.reduce((product, extent) => product * extent, 1));
    return into(
      input,
      () => new Uint8Array(input.length),
      (out) => paths.transpose(input, itemSize, shape, out),
    );
  },
});

/** Not a power of two, which is an unlucky case of its own. @param {number} items */
const square = (items) => [Math.floor(Math.sqrt(items)) - 3, Math.floor(Math.sqrt(items)) - 5];

/** @param {'int64' | 'uint64'} from */
const toNumber = (from) => ({
  id: from,
  title: `${from} to number, all of them safe`,
  of: /** @type {const} */ ('input'),
  prepare(/** @type {Converters} */ paths, /** @type {number} */ bytes) {
    const signed = from === 'int64';
    const items = BigInt64Array.from({ length: bytes / 8 }, (_, i) => BigInt((i % 3 && signed ? -7 : 7) * i) ** 2n);
    const input = new Uint8Array(items.buffer);
    return into(
      input,
      () => new Float64Array(items.length),
      (out) => paths.int64ToFloat64(input, signed, out),
    );
  },
});

/**
 * @param {string} what
 * @param {number} width
 * @param {readonly string[]} alphabet
 */
const text = (what, width, alphabet) => ({
  id: `text-${what}-${width}`,
  title: `UCS-4 text to strings, ${what}, up to ${width} characters`,
  of: /** @type {const} */ ('input'),
  prepare(/** @type {Converters} */ paths, /** @type {number} */ bytes) {
    // An eighth of the other inputs: more strings than that outlive V8's young generation, and it is V8 that is measured.
    const count = Math.floor(bytes / 32 / width);
    const characters = new Uint32Array(count * width);
    const chances = noise(characters.length);
    for (let i = 0; i < count; i++) {
      const length = width - (chances[i] % Math.ceil(width / 3));
      for (let k = i * width; k < i * width + length; k++)
        characters[k] = Number(alphabet[chances[k] % alphabet.length].codePointAt(0));
    }
    const input = new Uint8Array(characters.buffer);
    return { bytes: input.length, reused: () => paths.ucs4ToStrings(input, width), fresh: null };
  },
});

/** @type {readonly Conversion[]} */
export const CONVERSIONS = [
  ...[2, 4, 8, 16].map(swap),
  widen('float16'),
  widen('bfloat16'),
  ...[1, 2, 4, 8, 16].map((itemSize) => transpose('square', itemSize, square)),
  transpose('n x 3', 8, (items) => [Math.floor(items / 3), 3]),
  transpose('images, h x w x 3', 1, (items) => [Math.floor(items / 3 / 640), 640, 3]),
  {
    id: 'bool',
    title: 'bool to 0 and 1',
    of: 'input',
    prepare(paths, bytes) {
      const input = noise(bytes, 1);
      return into(
        input,
        () => new Uint8Array(bytes),
        (out) => paths.boolsToBytes(input, out),
      );
    },
  },
  toNumber('int64'),
  toNumber('uint64'),
  text('ASCII', 8, [...'abcdefghijklmnopqrstuvwxyz ']),
  text('ASCII', 32, [...'abcdefghijklmnopqrstuvwxyz ']),
  text('ASCII', 128, [...'abcdefghijklmnopqrstuvwxyz ']),
  text('Greek', 32, [...'αβγδεζηθικλμνξοπρστυφχψω ']),
  text('emoji', 32, [...'abc 😀😁😂🤣']),
];
