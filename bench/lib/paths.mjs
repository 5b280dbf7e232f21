// @ts-check
/** Where things are. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const BENCH = fileURLToPath(new URL('..', import.meta.url));
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const FIXTURES = join(ROOT, 'fixtures', 'bench');
export const RESULTS = join(BENCH, 'results');
export const PEERS = join(BENCH, 'peers');
export const GENERATORS = join(BENCH, 'workloads');

/** Generated workloads: outside the repository, and safe to delete. */
export const CACHE = process.env.PICKLE_WASM_BENCH_CACHE ?? tmpdir();

/** The Python that makes the workloads and is one of the contestants. Asked for late: the command settles it. */
export const python = () => process.env.PYTHON ?? 'python3';
