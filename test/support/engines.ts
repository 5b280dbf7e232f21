/** The engines that tests run with: every behaviour is the same in all. */
export const ENGINES = ['wasm', 'ts'] as const;
