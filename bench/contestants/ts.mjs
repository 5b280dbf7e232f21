// @ts-check
import { ours } from './ours.mjs';

export default ours('ts', 'pickle-wasm, TypeScript engine');
