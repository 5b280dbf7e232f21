// @ts-check
/** Workloads on disk: generates what is missing, and reads what is there. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, FIXTURES, GENERATORS, python } from '../lib/paths.mjs';

/** @typedef {import('./index.mjs').Workload} Workload */

/**
 * What a generator's meta.json says.
 * @typedef {object} Meta
 * @property {number} n
 * @property {number} protocol
 * @property {number[] | null} pickles
 * @property {number[] | null} buffers
 * @property {string} python
 * @property {string | null} numpy
 */

const shared = ['common.py', 'bench_types.py'];

/**
 * @param {Workload} workload
 * @param {{ quick: boolean, scale: number, n?: number }} size
 */
export function folderOf(workload, size) {
  if (size.quick) return join(FIXTURES, workload.same ?? workload.id);
  const n = size.n ?? (workload.scales === false ? workload.n : Math.max(1, Math.round(workload.n * size.scale)));
  const hash = createHash('sha256');
  for (const file of [...shared, `${workload.family}.py`]) hash.update(readFileSync(join(GENERATORS, file)));
  const variant = workload.variant ? `-${workload.variant}` : '';
  const id = hash.digest('hex').slice(0, 12);
  return join(CACHE, `pickle-wasm-bench-${id}`, `${workload.family}${variant}-p${workload.protocol}-${n}`);
}

/**
 * Makes a workload unless it is there.
 * @param {Workload} workload
 * @param {{ quick: boolean, scale: number, n?: number }} size
 * @param {(text: string) => void} [tell]
 * @returns {string} its folder
 */
export function ensureData(workload, size, tell = () => {}) {
  const folder = folderOf(workload, size);
  if (existsSync(join(folder, 'meta.json'))) return folder;
  if (size.quick) throw new Error(`${folder} is missing: npm run bench -- fixtures makes it`);
  const n = Number(folder.slice(folder.lastIndexOf('-') + 1));
  tell(`making ${workload.id}, n = ${n}`);
  const unfinished = `${folder}.${process.pid}.part`;
  try {
    generate(workload, n, unfinished);
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/**
 * @param {Workload} workload
 * @param {number} n
 * @param {string} folder
 */
export function generate(workload, n, folder) {
  const script = join(GENERATORS, `${workload.family}.py`);
  const flags = ['--n', String(n), '--protocol', String(workload.protocol), '--seed', '1', '--out', folder];
  if (workload.variant) flags.push('--variant', workload.variant);
  execFileSync(python(), ['-B', script, ...flags], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/**
 * Reads of a workload what a contestant needs, when it needs it.
 * @param {Workload} workload
 * @param {string} folder
 */
export function openData(workload, folder) {
  /** @type {Meta} */
  const meta = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8'));
  /** @param {string} name */
  const read = (name) => readFileSync(join(folder, name));
  return {
    folder,
    meta,
    /** The whole file. */
    bytes: () => read('data.pkl'),
    /** Each pickle in its own bytes, as they come from a socket. */
    messages: () => sliced(read('data.pkl'), meta.pickles ?? []).map((one) => Uint8Array.from(one)),
    /** Each pickle as a view of the file. */
    slices: () => sliced(read('data.pkl'), meta.pickles ?? []),
    /** @returns {Uint8Array[] | undefined} */
    buffers: () => (meta.buffers ? sliced(read('buffers.bin'), meta.buffers) : undefined),
    json: () => read('data.json'),
    /** One line of JSON a pickle. */
    jsonLines: () => splitLines(read('data.json')),
    /** @param {string} name */
    sidecar: (name) => read(name),
  };
}

/** @typedef {ReturnType<typeof openData>} Data */

/**
 * @param {Buffer} bytes
 * @param {readonly number[]} lengths
 */
function sliced(bytes, lengths) {
  let at = 0;
  return lengths.map((length) => new Uint8Array(bytes.buffer, bytes.byteOffset + (at += length) - length, length));
}

/** @param {Buffer} bytes */
function splitLines(bytes) {
  const lines = [];
  for (let at = 0, end; at < bytes.length; at = end + 1) {
    end = bytes.indexOf(10, at);
    lines.push(Buffer.from(bytes.subarray(at, end)));
  }
  return lines;
}
