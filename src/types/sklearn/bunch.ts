/** Dicts whose entries are attributes too. */
import { PyDict } from '../../values/py.ts';

/** A sklearn.utils.Bunch, as its data sets are, or a scipy.optimize.OptimizeResult: a Map. */
export class PyBunch extends PyDict<unknown, unknown> {
  /** The class as the pickle names it. */
  readonly className: string;

  constructor(className: string) {
    super();
    this.className = className;
  }
}
