// @ts-check
/** Loads one file by this package in a process of its own: `node load-worker.mjs ENGINE FILE DIST`. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [, , engine, file, dist] = process.argv;
const { load } = await import(pathToFileURL(join(dist, 'index.js')).href);
const before = process.resourceUsage().maxRSS;
const [wall, cpu] = [performance.now(), process.cpuUsage()];
const value = await load(file, { engine, encoding: 'bytes' });
const { user, system } = process.cpuUsage(cpu);
const taken = {
  wall: performance.now() - wall,
  cpu: (user + system) / 1000,
  peakMb: (process.resourceUsage().maxRSS - before) / 1024,
};
if (value === undefined) throw new Error(`${file} gave nothing`);
console.log(JSON.stringify(taken));
