// @ts-check
/** CPython's C unpickler, in a process of its own that times itself: cpython.py beside this file. */

/** @typedef {import('./contestant.mjs').Contestant} Contestant */

/**
 * @param {'on' | 'off'} collector
 * @returns {Contestant}
 */
const cpython = (collector) => ({
  id: collector === 'on' ? 'cpython' : 'cpython-nogc',
  title: `CPython pickle.loads, collector ${collector}`,
  runtime: 'python',
  flags: ['--gc', collector],
  unfit: () => undefined,
});

export const cpythonCollecting = cpython('on');
export const cpythonNotCollecting = cpython('off');
