/** The whole ABI: everything else passes through the registers (memory.ts) and the window. */
export { begin, next, run } from './machine';
export { COLUMNS, SHAPES } from './shapes';
