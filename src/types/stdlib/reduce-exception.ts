/** What is written for exceptions. */
import type { Reduction } from '../../spec/reducer.ts';
import { PyGlobal } from '../../values/py.ts';
import type { PyException } from './exceptions.ts';

/** Of an OSError the files come behind number and text; the second one behind a number of Windows. */
export function reduceException({ name, args, files, attrs }: PyException): Reduction {
  const given = files.length < 2 ? [...args, ...files] : [...args, files[0], null, files[1]];
  return [new PyGlobal('builtins', name), given, attrs];
}
