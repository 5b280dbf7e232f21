// @ts-check
/** The parent's end of a worker: starts the process, asks, waits for the answer. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { BENCH, GENERATORS, python } from './paths.mjs';

/** @typedef {import('../contestants/contestant.mjs').Contestant} Contestant */

const NODE_WORKER = fileURLToPath(new URL('worker.mjs', import.meta.url));

/** A worker that says nothing for so long hangs. */
const PATIENCE_MS = 600_000;

export class Worker {
  #process;
  #lines;
  #errors = '';

  /**
   * @param {Contestant} contestant
   * @param {readonly string[]} [nodeFlags]
   */
  constructor(contestant, nodeFlags = []) {
    const [command, flags] =
      contestant.runtime === 'python'
        ? [python(), ['-B', join(BENCH, 'contestants', 'cpython.py'), ...(contestant.flags ?? []), GENERATORS]]
        : [process.execPath, [...nodeFlags, NODE_WORKER]];
    this.#process = spawn(command, flags, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#process.on('error', (error) => (this.#errors += error.message));
    this.#process.stdin.on('error', () => {}); // told by the missing answer
    this.#process.stderr.on('data', (text) => (this.#errors = (this.#errors + text).slice(-2000)));
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /**
   * @param {Record<string, unknown> & { do: string }} request
   * @returns {Promise<any>} the answer
   * @throws what the worker says is wrong, or that it has ended
   */
  async ask(request) {
    this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    const impatience = setTimeout(() => {
      this.#errors = `Error: no answer to '${request.do}' in ${PATIENCE_MS / 1000} s`;
      this.#process.kill('SIGKILL');
    }, PATIENCE_MS);
    const { value, done } = await this.#lines.next();
    clearTimeout(impatience);
    if (done) throw new Error(whyEnded(this.#errors));
    const answer = JSON.parse(value);
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  }

  async end() {
    this.#process.stdin.end();
    if (this.#process.exitCode === null && this.#process.signalCode === null) await once(this.#process, 'close');
  }
}

/** @param {string} errors */
function whyEnded(errors) {
  if (/heap out of memory/.test(errors)) return 'out of heap';
  const said = errors
    .trim()
    .split('\n')
    .findLast((line) => /Error|error/.test(line));
  return said ?? 'the process has ended';
}
