/** numpy.poly1d. */
import { NdArray } from '../../arrays/nd-array.ts';
import { refuse } from '../../arrays/refuse.ts';
import { fieldsOf } from '../stdlib/arguments.ts';

/** A polynomial of one variable. */
export class PyPoly1d {
  /** From the highest power to the constant. */
  coeffs: NdArray | null = null;
  variable = 'x';

  /** Its value at a number. */
  valueAt(x: number): number {
    let sum = 0;
    for (const coefficient of this.coeffs?.flat() ?? []) sum = sum * x + Number(coefficient);
    return sum;
  }

  setState(state: unknown): void {
    const fields = fieldsOf(state);
    const coeffs = fields?.get('coeffs') ?? fields?.get('_coeffs');
    const variable = fields?.get('_variable') ?? fields?.get('variable') ?? 'x';
    if (!(coeffs instanceof NdArray) || coeffs.ndim !== 1 || typeof variable !== 'string') {
      refuse('The state of a poly1d is none.');
    }
    this.coeffs = coeffs;
    this.variable = variable;
  }
}
