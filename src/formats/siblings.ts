/** Files that lie beside the one that is read. */
import { openSource, type PickleSource } from '../decode/source.ts';
import { Budget } from '../container/budget.ts';
import { DEFAULT_LIMITS } from '../spec/limits.ts';
import { readAll } from './whole.ts';
import type { Siblings } from './joblib-siblings.ts';

export type { Siblings };

/** What gives the files beside a source; undefined where it has no place. @param given the caller's own */
export function siblingsOf(source: PickleSource, given: Siblings | undefined): Siblings | undefined {
  if (given !== undefined) return given;
  if (typeof source === 'string') return (name) => contentOf(source.replace(/[^/\\]*$/, '') + name);
  if (source instanceof URL && source.protocol === 'file:') {
    return (name) => contentOf(new URL(encodeURIComponent(name), source));
  }
  return undefined;
}

async function contentOf(place: string | URL): Promise<Uint8Array | undefined> {
  const source = await openSource(place).catch(() => undefined);
  if (source === undefined) return undefined;
  try {
    return await readAll(source, new Budget(DEFAULT_LIMITS));
  } finally {
    await source.close();
  }
}
