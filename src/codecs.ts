/**
 * Makes the encodings beyond ASCII, Latin-1 and UTF-8 known to users of `pickle-wasm/core`, for the option `encoding`. The
 * main entry knows them all.
 * @example
 * import 'pickle-wasm/codecs';
 * import { loads } from 'pickle-wasm/core';
 */
import { knowCodecs } from './bytes/codec-table.ts';
import { findMoreCodecs } from './bytes/more-codecs.ts';

knowCodecs(findMoreCodecs);
