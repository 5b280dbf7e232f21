// @ts-check
/**
 * A process that times one contestant: `node worker.mjs`. Reads requests as lines of JSON, and answers each with a line.
 * `contestants/cpython.py` understands the same requests.
 */
import { createInterface } from 'node:readline';
import { contestant as contestantOf } from '../contestants/index.mjs';
import { openData } from '../workloads/data.mjs';
import { workload as workloadOf } from '../workloads/index.mjs';
import { fingerprint } from './fingerprint.mjs';
import { sample, timed, warmUp } from './measure.mjs';

/** @type {import('../contestants/contestant.mjs').Contestant} */
let contestant;
/** @type {import('../contestants/contestant.mjs').Ready} */
let ready;
let calls = 1;

// Standard output carries answers. What peers would print is not printed, which is in their favour.
console.log = console.warn = console.error = () => {};

const megabytes = (/** @type {number} */ bytes) => bytes / 2 ** 20;
const peak = () => process.resourceUsage().maxRSS / 1024;

/** @type {Record<string, (request: any) => unknown>} */
const answers = {
  async prepare({ contestant: id, workload: name, folder }) {
    contestant = contestantOf(id);
    const workload = workloadOf(name);
    const start = performance.now();
    const api = await contestant.load?.();
    const importMs = performance.now() - start;
    const prepared = await contestant.prepare?.(api, openData(workload, folder), workload);
    if (!prepared) throw new Error(`${id} cannot be timed by Node`);
    ready = prepared;
    return { importMs };
  },
  check: () => ({ fingerprint: fingerprint((ready.all ?? ready.decode)(), contestant.plain) }),
  expected({ workload: name, folder }) {
    const workload = workloadOf(name);
    const data = openData(workload, folder);
    const value =
      workload.form === 'one'
        ? JSON.parse(data.json().toString())
        : data.jsonLines().map((line) => JSON.parse(line.toString()));
    return { fingerprint: fingerprint(value) };
  },
  /** Decodes as often as it is told, without timing: what ran before, in a polluted process. */
  run({ times }) {
    for (let i = 0; i < times; i++) ready.decode();
    return {};
  },
  warm({ ms, sampleMs }) {
    calls = Math.max(1, Math.ceil(sampleMs / warmUp(ready.decode, ms)));
    return { calls };
  },
  sample: ({ ms, keep }) =>
    sample(ready.decode, { ms, calls: keep ? Math.min(calls, 3) : calls, keep, childCpu: ready.childCpu }),
  first() {
    const before = megabytes(process.memoryUsage.rss());
    const { cpu, wall } = timed(ready.decode, ready.childCpu);
    return { cpu, wall, memory: Math.max(0, peak() - before) };
  },
  peak: () => ({ peak: peak() }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let answer;
  try {
    answer = await answers[request.do](request);
  } catch (error) {
    answer = { error: String(error instanceof Error ? error.message : error).slice(0, 500) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
