// @ts-check
import { ours } from './ours.mjs';

export default ours('wasm', 'pickle-wasm, wasm engine');
