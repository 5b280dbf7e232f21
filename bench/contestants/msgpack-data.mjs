// @ts-check
/**
 * MessagePack of a workload: made once by a process of its own, so that making it warms nothing up, and kept beside the
 * other cached files. Run as `node msgpack-data.mjs WORKLOAD FOLDER OUT records|plain`, it is that process.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CACHE } from '../lib/paths.mjs';
import { load } from '../peers/load.mjs';
import { openData } from '../workloads/data.mjs';
import { workload as workloadOf } from '../workloads/index.mjs';
import ts from './ts.mjs';

/** @typedef {{ parts: Uint8Array[], structures: unknown[] | undefined }} Packed */

/**
 * @param {import('../workloads/data.mjs').Data} data
 * @param {import('../workloads/index.mjs').Workload} workload
 * @param {boolean} useRecords
 * @returns {Packed}
 */
export function messagePack(data, workload, useRecords) {
  const { size, mtimeMs } = statSync(join(data.folder, 'data.pkl'));
  const key = createHash('sha256').update(`${data.folder} ${size} ${mtimeMs} ${useRecords}`).digest('hex').slice(0, 16);
  const file = join(CACHE, 'pickle-wasm-bench-msgpack', key);
  if (!existsSync(`${file}.json`)) {
    const words = [workload.id, data.folder, file, useRecords ? 'records' : 'plain'];
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--max-old-space-size=8192', fileURLToPath(import.meta.url), ...words],
      { encoding: 'utf8' },
    );
    // A saved run has no use for the stack, and none for this machine's folders.
    if (status !== 0) throw new Error(/^\w*Error: .*$/m.exec(stderr)?.[0] ?? `msgpackr's packing ended with ${status}`);
  }
  const { lengths, structures } = JSON.parse(readFileSync(`${file}.json`, 'utf8'));
  const bytes = readFileSync(`${file}.msgpack`);
  let at = 0;
  const parts = lengths.map((/** @type {number} */ length) => Uint8Array.from(bytes.subarray(at, (at += length))));
  return { parts, structures };
}

/** @param {readonly string[]} words */
async function make([id, folder, file, how]) {
  const workload = workloadOf(id);
  const data = openData(workload, folder);
  const { Packr } = await load('msgpackr');
  // Messages share their structures, as two ends of a connection do; a document brings its own.
  const structures = how === 'records' && workload.form !== 'one' ? [] : undefined;
  const packr = new Packr({ useRecords: how === 'records', ...(structures && { structures }) });
  const parts = (await valuesOf(data, workload)).map((value) => Buffer.from(packr.pack(value)));
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(`${file}.msgpack`, Buffer.concat(parts));
  writeFileSync(`${file}.json.part`, JSON.stringify({ lengths: parts.map(({ length }) => length), structures }));
  renameSync(`${file}.json.part`, `${file}.json`);
}

/**
 * @param {import('../workloads/data.mjs').Data} data
 * @param {import('../workloads/index.mjs').Workload} workload
 * @returns {Promise<any[]>}
 */
async function valuesOf(data, workload) {
  if (workload.json && workload.form !== 'one') return data.jsonLines().map((line) => JSON.parse(line.toString()));
  if (workload.json) return [JSON.parse(data.json().toString())];
  const ready = await ts.prepare?.(await ts.load?.(), data, workload);
  return [ready?.decode()];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await make(process.argv.slice(2));
