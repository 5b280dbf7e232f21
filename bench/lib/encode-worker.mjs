// @ts-check
/**
 * Times one encoder on one workload in a process of its own: `node encode-worker.mjs ENCODER WORKLOAD FOLDER DIST MS`, which
 * prints {cpu: [ms a call], bytes}. With a file as sixth word it writes the pickle there and times nothing.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ENCODERS } from '../contestants/encoders.mjs';
import { openData } from '../workloads/data.mjs';
import { ENCODED } from '../workloads/encode.mjs';
import { workload as workloadOf } from '../workloads/index.mjs';
import { sample, warmUp } from './measure.mjs';

class Point {}

const [, , id, name, folder, dist, ms, file] = process.argv;
const encoder = ENCODERS.find((one) => one.id === id);
const encoded = ENCODED.find((one) => one.id === name);
if (!encoder?.prepare || !encoded) throw new Error(`no encoder '${id}', or no workload '${name}'`);
const api = encoder.values === 'ours' ? await import(pathToFileURL(join(dist, 'index.js')).href) : undefined;
const registry = { bench_types: { Point } };
const encode = encoded.arrays ? outOfBand : await encoder.prepare(api, registry);
const value = valueOf();
const first = encode(value);
if (file) writeFileSync(file, first);
else {
  const each = warmUp(() => encode(value), Number(ms));
  const calls = Math.max(1, Math.ceil(5 / Math.max(each, 1e-4)));
  const { cpu } = sample(() => encode(value), { ms: Number(ms), calls, keep: false });
  console.log(JSON.stringify({ cpu, bytes: first.length }));
}

function valueOf() {
  if (encoded?.arrays) return Array.from({ length: 8 }, () => new Float64Array(2 ** 23));
  const data = openData(workloadOf(name), folder);
  if (encoder?.values === 'plain') return JSON.parse(data.json().toString());
  return api.loads(data.bytes(), { registry, tuple: 'tagged' });
}

/**
 * @param {any} arrays
 * @returns {Uint8Array}
 */
function outOfBand(arrays) {
  /** @type {Uint8Array[]} */
  const buffers = [];
  const bytes = api.dumps(arrays, {
    protocol: 5,
    refs: id === 'refs',
    bufferCallback: (/** @type {Uint8Array} */ one) => void buffers.push(one),
  });
  if (buffers.some((one, i) => one.buffer !== arrays[i].buffer)) throw new Error('a buffer was copied');
  return bytes;
}
