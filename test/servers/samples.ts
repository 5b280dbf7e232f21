/** The samples of `fixtures/servers`: bytes and texts by name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PickleError } from '../../src/index.ts';
import { FIXTURES } from '../support/places.ts';

const samples = JSON.parse(readFileSync(join(FIXTURES, 'servers', 'samples.json'), 'utf8')) as Record<
  string,
  string | { readonly base64: string }
>;

export function bytes(name: string): Uint8Array {
  const sample = samples[name];
  if (typeof sample !== 'object') throw new Error(`there are no bytes called ${name}`);
  return new Uint8Array(Buffer.from(sample.base64, 'base64'));
}

export function text(name: string): string {
  const sample = samples[name];
  if (typeof sample !== 'string') throw new Error(`there is no text called ${name}`);
  return sample;
}

/** What every sample's value is, but for the date. */
export const VALUE = { user: 'ann', roles: ['admin', 'dev'], raw: new Uint8Array([0, 255]), n: 3 };

/** The code and the offset that something is refused with. */
export function refusal(act: () => unknown): { code: string; offset: number } {
  try {
    act();
  } catch (error) {
    if (error instanceof PickleError) return { code: error.code, offset: error.offset };
    throw error;
  }
  throw new Error('it was not refused');
}

/** Every cut of bytes, and every bit of a few flipped: a value or a PickleError, nothing else. */
export function survives(data: Uint8Array, decode: (damaged: Uint8Array) => unknown): void {
  const attempt = (damaged: Uint8Array): void => {
    try {
      decode(damaged);
    } catch (error) {
      if (!(error instanceof PickleError)) throw error;
    }
  };
  for (let length = 0; length < data.length; length++) attempt(data.slice(0, length));
  for (let at = 0; at < data.length; at++) {
    const damaged = data.slice();
    damaged[at]! ^= 1 << (at % 8);
    attempt(damaged);
  }
}
