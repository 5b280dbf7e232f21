// @ts-check
/** Times a function through tinybench: CPU time of the whole process, V8's threads included, and wall time. */
import { Bench } from 'tinybench';

/** @typedef {{ cpu: number[], wall: number[] }} Samples milliseconds a call */

const cpuNow = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/**
 * @param {() => unknown} decode
 * @param {() => number} [childCpu]
 */
export function timed(decode, childCpu = () => 0) {
  childCpu();
  const wallBefore = performance.now();
  const cpuBefore = cpuNow();
  const value = decode();
  const cpu = cpuNow() - cpuBefore + childCpu();
  return { value, cpu, wall: performance.now() - wallBefore };
}

/**
 * Calls for some time, of CPU so that a busy machine does not cut it short, and at least twice: the code is compiled and
 * the heap has its size.
 * @param {() => unknown} decode
 * @param {number} ms
 * @returns {number} CPU milliseconds that a call took at the end
 */
export function warmUp(decode, ms) {
  const begin = cpuNow();
  let bundle = 1;
  for (let round = 1; ; round++) {
    const start = cpuNow();
    for (let i = 0; i < bundle; i++) decode();
    const end = cpuNow();
    if (round > 1 && end - begin >= ms) return (end - start) / bundle;
    // Quick calls are timed in bundles, of which a few fill the time.
    if (end - start < ms / 8) bundle *= 2;
  }
}

/**
 * @param {() => unknown} decode
 * @param {{ ms: number, calls: number, keep: boolean, childCpu?: () => number }} how
 *   ms: CPU time to spend, at least one sample; calls: calls a sample; keep: hold all values until the end
 * @returns {Samples}
 */
export function sample(decode, { ms, calls, keep, childCpu }) {
  /** @type {number[]} */
  const wall = [];
  /** @type {unknown[]} */
  const kept = [];
  const bench = new Bench({ time: ms, iterations: 1, warmup: false, retainSamples: true, throws: true });
  const several = () => {
    for (let i = 0; i < calls; i++) {
      const value = decode();
      if (keep) kept.push(value);
    }
  };
  /** @type {number[]} */
  const cpu = [];
  const task = () => {
    const spent = timed(several, childCpu);
    wall.push(spent.wall / calls);
    cpu.push(spent.cpu / calls);
    return { overriddenDuration: spent.cpu / calls, overriddenIterationCost: spent.cpu };
  };
  bench.add('decode', task, { async: false });
  bench.runSync();
  return { cpu, wall };
}
