// @ts-check
/** What a contestant is. Each has a file of its own in this folder; `index.mjs` lists them. */

/** @typedef {import('../workloads/index.mjs').Workload} Workload */
/** @typedef {import('../workloads/data.mjs').Data} Data */

/**
 * A workload made ready: `decode` is what is timed.
 * @typedef {object} Ready
 * @property {() => unknown} decode
 * @property {() => unknown} [all] the values to check, where `decode` gives only the last of many
 * @property {() => number} [childCpu] CPU milliseconds of processes that `decode` has started, since it was last asked
 */

/**
 * @typedef {object} Contestant
 * @property {string} id
 * @property {string} title
 * @property {'node' | 'python'} runtime
 * @property {string} [peer] the package that it needs, in bench/peers
 * @property {string[]} [flags] of the Python process
 * @property {(workload: Workload) => string | undefined} unfit why it cannot take part, if so
 * @property {() => Promise<any>} [load] imports what it needs: timed apart, as part of the cold start
 * @property {(api: any, data: Data, workload: Workload) => Ready | Promise<Ready>} [prepare]
 * @property {(value: any) => unknown} [plain] what an instance of a class is in plain values; other values as they are
 */

/**
 * Decodes one after another, and keeps the last.
 * @template T
 * @param {readonly T[]} inputs
 * @param {(input: T) => unknown} decode
 * @returns {Ready}
 */
export function inTurn(inputs, decode) {
  return {
    decode: () => {
      let last;
      for (let i = 0; i < inputs.length; i++) last = decode(inputs[i]);
      return last;
    },
    all: () => inputs.map(decode),
  };
}

/** @param {Workload} workload */
export const onlyJson = (workload) => (workload.json ? undefined : 'JSON has no words for the value');
