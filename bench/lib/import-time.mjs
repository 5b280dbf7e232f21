// @ts-check
/** `node import-time.mjs FILE`: prints what importing it takes, in milliseconds. */
import { pathToFileURL } from 'node:url';

const url = pathToFileURL(process.argv[2]).href;
const wallBefore = performance.now();
const cpuBefore = process.cpuUsage();
await import(url);
const { user, system } = process.cpuUsage(cpuBefore);
console.log(JSON.stringify({ wall: performance.now() - wallBefore, cpu: (user + system) / 1000 }));
