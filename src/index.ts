/**
 * pickle-wasm: reads Python pickles, protocols 0 to 5. Start at {@link loads} for bytes in memory and at {@link load} for
 * files and streams.
 */
import { knowCodecs } from './bytes/codec-table.ts';
import { describeForeign } from './bytes/hints.ts';
import { findMoreCodecs } from './bytes/more-codecs.ts';
import { knowHints } from './decode/failure.ts';
import { torchBytes } from './formats/torch-legacy.ts';
import { knowTsEngine } from './machine/auto.ts';
import { createTsMachine } from './machine/ts/machine.ts';
import { CONTAINER_TEXTS } from './spec/container-errors.ts';
import { knowTexts } from './spec/pickle-error.ts';
import { FAMILIES } from './types/index.ts';
import { knowFamilies } from './types/known.ts';

knowTsEngine(createTsMachine);
knowCodecs(findMoreCodecs);
knowHints(describeForeign);
knowTexts(CONTAINER_TEXTS);
knowFamilies([...FAMILIES, torchBytes]);

export * from './core.ts';
export * from './streams.ts';
export * from './encode.ts';
export { toJsonText, jsonTextPieces, type JsonTextOptions } from './values/jsonable.ts';
export * from './types/stdlib/index.ts';
export * from './arrays/index.ts';
export * from './types/numpy/index.ts';
export * from './types/torch/index.ts';
export * from './types/pandas/index.ts';
export * from './types/scipy/index.ts';
export * from './types/sklearn/index.ts';
export * from './types/shapely/index.ts';
export * from './types/xarray/index.ts';
export * from './types/polars/index.ts';
export * from './types/pyarrow/index.ts';
export * from './types/networkx/index.ts';
// In place of those of the core, which read plain pickles alone.
export { load, loadAll, type LoadAllOptions } from './formats/load.ts';
export type { ContainerName, ContainerOptions, LoadOptions } from './formats/open.ts';
export { Unpickler } from './formats/unpickler.ts';
export { openShelf, Shelf, type ShelfOptions } from './formats/shelf.ts';
