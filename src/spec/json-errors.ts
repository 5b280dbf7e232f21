/** The error of JSON that values are to be made of: apart from the table of errors, so that a decoder does not hold it. */
import { PickleError } from './pickle-error.ts';

export type JsonCode = 'INVALID_JSON';

const TEXT = 'The JSON is damaged, or says what cannot become a value.';

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
      text: TEXT,
      detail,
    });
    this.path = path;
  }

  override get name(): string {
    return 'JsonError';
  }
}
