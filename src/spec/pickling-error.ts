import { PICKLING_TEXTS, type PicklingCode } from './encode-errors.ts';
import { PickleError } from './pickle-error.ts';

/** A value that cannot be written. Match on `code`, not on the text. */
export class PicklingError extends PickleError {
  /** Where the value lies in what was to be written: `$.rows[3].name`. */
  readonly path: string;

  /** @param detail a sentence about this very case, before the general one */
  constructor(code: PicklingCode, path: string, detail?: string, cause?: unknown) {
    super(code, { offset: -1, where: `at ${path}`, text: PICKLING_TEXTS[code], detail, cause });
    this.path = path;
  }

  override get name(): string {
    return 'PicklingError';
  }
}
