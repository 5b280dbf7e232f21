// @ts-check
import { ours } from './ours.mjs';

export default ours('auto', 'pickle-wasm, engine auto');
