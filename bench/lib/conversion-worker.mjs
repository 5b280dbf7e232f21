// @ts-check
/** One conversion by one path, in a process of its own: `conversion-worker.mjs CODE PATH ID BYTES MS`. Prints its samples. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CONVERSIONS } from '../workloads/conversions.mjs';

const [code, path, id, bytes, ms] = process.argv.slice(2);
const load = (/** @type {string} */ file) => import(pathToFileURL(join(code, file)).href);
const { createWasmConverters } = await load('wasm.mjs');
const { plainConverters } = await load('plain.mjs');
const { stringsBy } = await load('strings.mjs');
const converters = path === 'wasm' ? createWasmConverters() : plainConverters;
const ucs4ToStrings = (/** @type {Uint8Array} */ source, /** @type {number} */ width) =>
  stringsBy(converters, source, width, false);
// The classes' methods need their object.
const paths = new Proxy(converters, {
  get: (target, name) => (name === 'ucs4ToStrings' ? ucs4ToStrings : target[name].bind(target)),
});

const conversion = CONVERSIONS.find((one) => one.id === id);
if (conversion === undefined) throw new Error(`no conversion '${id}'`);
const { bytes: input, reused, fresh } = conversion.prepare(paths, Number(bytes));

/** @param {() => unknown} call */
function samples(call) {
  const taken = [];
  // The first calls are slow code, and touch memory for the first time.
  for (let i = 0; i < 5; i++) call();
  const end = performance.now() + Number(ms);
  do {
    const start = performance.now();
    call();
    taken.push(performance.now() - start);
  } while (performance.now() < end);
  return taken;
}

console.log(JSON.stringify({ bytes: input, reused: samples(reused), fresh: fresh && samples(fresh) }));
