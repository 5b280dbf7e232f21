/** How many bytes a web page pays for. */
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { buildPackage, bundleForBrowser } from './built.ts';

/** The decoder without families of types, the wasm inside it: bytes, minified and gzipped. */
const CORE_LIMIT = 74 * 1024;

describe('a bundle for browsers', () => {
  const pack = buildPackage();
  afterAll(() => pack.remove());

  it('of all that the core exports is small', async () => {
    const bundle = await bundleForBrowser(pack, `import * as core from './dist/core.js'; globalThis.core = core;`);
    expect(gzipSync(bundle, { level: 9 }).length).toBeLessThanOrEqual(CORE_LIMIT);
  });
});
