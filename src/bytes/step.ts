import type { Family } from './codec-errors.ts';
import type { UnitWriter } from './units.ts';

/** Decodes one character after another. */
export interface Step {
  /** Index of the first character: behind a byte order mark where the encoding drops it. */
  readonly start: number;
  /** What `surrogatepass` takes the text for. */
  readonly family: Family | undefined;
  /** Writes the character at `at`. @returns how many bytes it has, or -n where n bytes are wrong together */
  next(at: number, writer: UnitWriter): number;
}
