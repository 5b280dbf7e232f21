/** What came of reading a pickle, as something that two engines can be compared by. */
import { inspect } from 'node:util';
import { loads, PickleError, type DecodeOptions } from '../../src/index.ts';
import { toLossless } from './as-truth.ts';

export type Outcome =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'error'; readonly code: string; readonly offset: number; readonly message: string }
  /** Anything thrown that is no PickleError: always a bug. */
  | { readonly kind: 'foreign'; readonly error: unknown };

export function outcomeOfError(error: unknown): Outcome {
  if (error instanceof PickleError) {
    return { kind: 'error', code: error.code, offset: error.offset, message: error.message };
  }
  return { kind: 'foreign', error };
}

/** Runs, and tells a value or an error. */
export function outcomeOf(run: () => unknown): Outcome {
  try {
    return { kind: 'value', value: run() };
  } catch (error) {
    return outcomeOfError(error);
  }
}

export async function outcomeOfAsync(run: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { kind: 'value', value: await run() };
  } catch (error) {
    return outcomeOfError(error);
  }
}

/** Reads with every Python type kept apart and no global resolved, to lossless JSON. */
export function losslessOutcome(bytes: Uint8Array, options: DecodeOptions): Outcome {
  return outcomeOf(() => toLossless(loads(bytes, { exact: true, globals: 'inert', ...options })));
}

/** One line about an outcome, for messages. */
export function tell(outcome: Outcome): string {
  if (outcome.kind === 'value') return `value ${shorten(outcome.value)}`;
  if (outcome.kind === 'error') return `${outcome.code} at ${outcome.offset}`;
  return `foreign ${outcome.error instanceof Error ? (outcome.error.stack ?? outcome.error.message) : String(outcome.error)}`;
}

/** A value in at most 300 characters. What is deep, long or shared a thousand times over is cut short, not walked. */
export function shorten(value: unknown): string {
  const text = inspect(value, {
    depth: 6,
    maxArrayLength: 8,
    maxStringLength: 80,
    breakLength: Infinity,
    compact: true,
  });
  return text.length > 300 ? `${text.slice(0, 300)}...` : text;
}

/** Whether two outcomes are the same: equal errors in code and offset, or values by the given comparison. */
export function sameOutcome(a: Outcome, b: Outcome, sameValue: (x: unknown, y: unknown) => boolean): boolean {
  if (a.kind === 'value' && b.kind === 'value') return sameValue(a.value, b.value);
  if (a.kind === 'error' && b.kind === 'error') return a.code === b.code && a.offset === b.offset;
  return false;
}
