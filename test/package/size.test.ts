/** How many bytes a web page pays for. */
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { buildPackage, bundleForBrowser } from './built.ts';

/** The decoder without families of types, the wasm inside it: bytes, minified and gzipped. */
const CORE_LIMIT = 40_700;
/** One class of it, with what its methods need. */
const CLASS_LIMIT = 5_500;

const pack = buildPackage();
afterAll(() => pack.remove());

const sizeOf = async (imports: string): Promise<number> => {
  const code = `import ${imports} from './dist/core.js'; globalThis.core = core;`;
  return gzipSync(await bundleForBrowser(pack, code), { level: 9 }).length;
};
const core = await sizeOf('* as core');
const oneClass = await sizeOf('{ PyTuple as core }');

describe('a bundle for browsers', () => {
  it(`of all that the core exports is small: ${core} bytes of at most ${CORE_LIMIT}`, () => {
    expect(core).toBeLessThanOrEqual(CORE_LIMIT);
  });

  it(`holds nothing that is not used: PyTuple takes ${oneClass} bytes`, () => {
    expect(oneClass).toBeLessThanOrEqual(CLASS_LIMIT);
  });
});
