/** The error of JSON that values are to be made of. */
import { JSON_TEXT } from './json-errors.ts';
import { PickleError } from './pickle-error.ts';

/** JSON that is none, or that says what cannot become a value. */
export class JsonError extends PickleError {
  /** Where in the JSON it is: `$.rows[3].name`. */
  readonly path: string;

  /**
   * @param offset of the text, in units of UTF-16; -1 where no text was read
   * @param place where in the text that is, for people: 'line 3, column 14'
   */
  constructor(path: string, detail: string, offset = -1, place?: string) {
    super('INVALID_JSON', {
      offset,
      where: `at ${place === undefined ? '' : `${place}, `}${path}`,
      text: JSON_TEXT,
      detail,
    });
    this.path = path;
  }

  override get name(): string {
    return 'JsonError';
  }
}
