/** The checksums of zstd and lz4 frames, by the package xxhash-wasm: loaded when the first such frame comes. */
import type { XXHashAPI } from 'xxhash-wasm';

let loading: Promise<XXHashAPI> | undefined;

export function loadXxHash(): Promise<XXHashAPI> {
  return (loading ??= import('xxhash-wasm').then((module) => module.default()));
}
