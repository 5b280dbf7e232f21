// @ts-check
/** What people do instead: start Python, which prints JSON. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { GENERATORS, python } from '../lib/paths.mjs';
import { onlyJson } from './contestant.mjs';

const SCRIPT = `
import json, pickle, sys, time
with open(sys.argv[1], "rb") as file:
    sys.stdout.write(json.dumps(pickle.load(file), default=vars))  # not json.dump: that one is in Python, ten times slower
sys.stdout.flush()
print(time.process_time() * 1000, file=sys.stderr)`;

/** @type {import('./contestant.mjs').Contestant} */
export default {
  id: 'python-json',
  title: 'starting Python, JSON between',
  runtime: 'node',
  unfit: (workload) => (workload.form === 'one' ? onlyJson(workload) : 'a process for each message'),
  prepare(_api, data) {
    let cpu = 0;
    const env = { ...process.env, PYTHONPATH: GENERATORS, PYTHONDONTWRITEBYTECODE: '1' };
    const file = join(data.folder, 'data.pkl');
    return {
      decode: () => {
        const { stdout, stderr, status } = spawnSync(python(), ['-c', SCRIPT, file], { env, maxBuffer: Infinity });
        if (status !== 0) throw new Error(`Python failed: ${stderr}`);
        cpu += Number(stderr.toString());
        return JSON.parse(stdout.toString());
      },
      childCpu: () => {
        const spent = cpu;
        cpu = 0;
        return spent;
      },
    };
  },
};
