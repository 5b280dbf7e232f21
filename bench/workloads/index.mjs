// @ts-check
/** The table of workloads: what each is, and which generator makes it. `bench/README.md` says it in words. */

/**
 * @typedef {object} Workload
 * @property {string} id
 * @property {string} [letter] what the project's notes call it
 * @property {string} title
 * @property {'objects' | 'messages' | 'out of band' | 'in band'} group
 * @property {string} family the generator, a file of this folder without `.py`
 * @property {string} [variant]
 * @property {number} n how many, in a full run
 * @property {number} quick how many, in `fixtures/bench/`
 * @property {number} protocol
 * @property {'one' | 'many' | 'log'} form one pickle; many, each in its own bytes; many in one file
 * @property {boolean} json whether JSON has words for the value
 * @property {boolean} [scales] false where `--n` must not change it
 * @property {'registered' | 'polluted' | 'numpy'} [special]
 * @property {string} [same] the workload whose data it decodes in another way
 * @property {object} [options] what this package's decodes are asked for; others know of no such choice
 */

/** @type {(part: Omit<Workload, 'protocol' | 'form' | 'json' | 'group'> & Partial<Workload>) => Workload} */
const objects = (part) => ({ group: 'objects', protocol: 4, form: 'one', json: true, ...part });
/** @type {(part: Omit<Workload, 'protocol' | 'form' | 'json' | 'group'> & Partial<Workload>) => Workload} */
const buffers = (part) => ({ group: 'out of band', protocol: 5, form: 'one', json: false, ...part });
/** @type {(part: Omit<Workload, 'protocol' | 'form' | 'json' | 'group'> & Partial<Workload>) => Workload} */
const inBand = (part) => ({ group: 'in band', protocol: 5, form: 'one', json: false, ...part });

const MEGABYTE = 2 ** 20;

/** @type {readonly Workload[]} */
export const WORKLOADS = [
  objects({ id: 'dicts', letter: 'a', title: 'list of dicts', family: 'dicts', n: 200_000, quick: 100 }),
  objects({
    id: 'floats',
    letter: 'b',
    title: 'floats',
    family: 'flat_numbers',
    variant: 'floats',
    n: 2e6,
    quick: 500,
  }),
  objects({ id: 'ints', letter: 'c', title: 'ints', family: 'flat_numbers', variant: 'ints', n: 2e6, quick: 800 }),
  objects({
    id: 'ascii',
    letter: 'd',
    title: 'unique ASCII strings',
    family: 'text',
    variant: 'ascii',
    n: 5e5,
    quick: 150,
  }),
  objects({
    id: 'unicode',
    letter: 'e',
    title: 'unique non-ASCII strings',
    family: 'text',
    variant: 'unicode',
    n: 5e5,
    quick: 100,
  }),
  objects({ id: 'one-dict', letter: 'f', title: 'one dict of 500k', family: 'one_dict', n: 5e5, quick: 200 }),
  objects({ id: 'tuples', letter: 'g', title: 'tuples', family: 'tuples', n: 200_000, quick: 200 }),
  objects({ id: 'instances', letter: 'h', title: 'instances', family: 'instances', n: 100_000, quick: 150 }),
  buffers({
    id: 'buffers-16k',
    letter: 'i',
    title: '20,000 buffers of 16 KB',
    family: 'buffers',
    variant: 'out-16384',
    n: 20_000,
    quick: 1,
  }),
  buffers({
    id: 'buffers-256',
    letter: 'j',
    title: '200,000 buffers of 256 bytes',
    family: 'buffers',
    variant: 'out-256',
    n: 200_000,
    quick: 50,
  }),
  objects({
    id: 'message',
    letter: 'k',
    title: 'one message of 283 bytes',
    group: 'messages',
    family: 'messages',
    variant: 'one',
    n: 1,
    quick: 1,
    scales: false,
  }),
  objects({
    id: 'records',
    letter: 'l',
    title: 'numpy-like records',
    family: 'records',
    n: 20_000,
    quick: 150,
    json: false,
  }),

  objects({ id: 'documents', title: 'deep documents', family: 'documents', n: 5000, quick: 8 }),
  objects({ id: 'tokens', title: 'tokenised text', family: 'tokens', n: 20_000, quick: 40 }),
  objects({ id: 'trajectories', title: 'trajectories', family: 'trajectories', n: 500, quick: 1 }),
  objects({ id: 'dicts-p2', title: 'list of dicts, protocol 2', family: 'dicts', n: 200_000, quick: 60, protocol: 2 }),
  objects({
    id: 'instances-registered',
    title: 'instances of a registered class',
    family: 'instances',
    n: 100_000,
    quick: 150,
    special: 'registered',
    same: 'instances',
  }),
  objects({
    id: 'floats-typed',
    title: 'floats, as a Float64Array',
    family: 'flat_numbers',
    variant: 'floats',
    n: 2e6,
    quick: 500,
    same: 'floats',
    options: { list: 'typed' },
  }),
  objects({
    id: 'one-dict-map',
    title: 'one dict of 500k, as a Map',
    family: 'one_dict',
    n: 5e5,
    quick: 200,
    same: 'one-dict',
    options: { dict: 'map' },
  }),
  objects({
    id: 'log',
    title: 'append log of 10,000',
    group: 'messages',
    family: 'log',
    n: 10_000,
    quick: 60,
    form: 'log',
  }),
  objects({
    id: 'messages',
    title: '10,000 different messages',
    group: 'messages',
    family: 'messages',
    variant: 'many',
    n: 10_000,
    quick: 60,
    form: 'many',
  }),
  objects({
    id: 'messages-polluted',
    title: 'the same, after all other workloads',
    group: 'messages',
    family: 'messages',
    variant: 'many',
    n: 10_000,
    quick: 60,
    form: 'many',
    special: 'polluted',
    same: 'messages',
  }),

  buffers({
    id: 'buffers-64m',
    title: '8 buffers of 64 MB',
    family: 'buffers',
    variant: `out-${64 * MEGABYTE}`,
    n: 8,
    quick: 0,
    scales: false,
  }),
  buffers({
    id: 'numpy',
    title: 'numpy arrays, all kinds',
    family: 'arrays',
    variant: 'kinds-out',
    n: 1e6,
    quick: 64,
    special: 'numpy',
  }),
  buffers({
    id: 'numpy-small',
    title: '20,000 small numpy arrays',
    family: 'arrays',
    variant: 'small-out',
    n: 20_000,
    quick: 30,
    special: 'numpy',
  }),
  buffers({
    id: 'frame',
    title: 'a frame of blocks',
    family: 'arrays',
    variant: 'frame-out',
    n: 1e6,
    quick: 64,
    special: 'numpy',
  }),

  inBand({
    id: 'bytes-64m',
    title: '8 bytes of 64 MB',
    family: 'buffers',
    variant: `bytes-${64 * MEGABYTE}`,
    n: 8,
    quick: 0,
    scales: false,
  }),
  inBand({
    id: 'bytearrays-64m',
    title: '8 bytearrays of 64 MB',
    family: 'buffers',
    variant: `bytearray-${64 * MEGABYTE}`,
    n: 8,
    quick: 0,
    scales: false,
  }),
  inBand({
    id: 'bytes-16k',
    title: '20,000 bytes of 16 KB',
    family: 'buffers',
    variant: 'bytes-16384',
    n: 20_000,
    quick: 1,
  }),
  inBand({
    id: 'bytes-256',
    title: '200,000 bytes of 256 bytes',
    family: 'buffers',
    variant: 'bytes-256',
    n: 200_000,
    quick: 40,
  }),
  inBand({
    id: 'numpy-in-band',
    title: 'numpy arrays, all kinds',
    family: 'arrays',
    variant: 'kinds-in',
    n: 1e6,
    quick: 64,
    special: 'numpy',
  }),
  inBand({
    id: 'numpy-small-in-band',
    title: '20,000 small numpy arrays',
    family: 'arrays',
    variant: 'small-in',
    n: 20_000,
    quick: 30,
    special: 'numpy',
  }),
  inBand({
    id: 'frame-in-band',
    title: 'a frame of blocks',
    family: 'arrays',
    variant: 'frame-in',
    n: 1e6,
    quick: 64,
    special: 'numpy',
  }),
];

/** What the growth plot measures, at N from 10^3 to 10^7; `heap` is what the largest needs, in MB of old space. */
export const GROWING = [
  { workload: 'dicts', heap: 12_000 },
  { workload: 'floats', heap: 4000 },
  { workload: 'buffers-growth', heap: 12_000 },
];

/** Not in the table of speed: small buffers, so that 10^7 of them fit into memory. */
export const GROWTH_BUFFERS = buffers({
  id: 'buffers-growth',
  title: 'out-of-band buffers of 16 bytes',
  family: 'buffers',
  variant: 'out-16',
  n: 1000,
  quick: 0,
});

/**
 * @param {string} name an id or a letter
 * @returns {Workload}
 */
export function workload(name) {
  const found = [...WORKLOADS, GROWTH_BUFFERS].find(({ id, letter }) => id === name || letter === name);
  if (!found) throw new Error(`no workload '${name}'; there are: ${WORKLOADS.map(({ id }) => id).join(', ')}`);
  return found;
}
