/** pyarrow's scalars. */
import type { ArrowType } from '../arrow/type.ts';

/** A value and its type. */
export class ArrowScalar {
  readonly type: ArrowType;
  /** As the pickle has it; null where it is missing. */
  readonly value: unknown;

  constructor(type: ArrowType, value: unknown) {
    this.type = type;
    this.value = value;
  }

  valueOf(): unknown {
    return this.value;
  }

  toJSON(): unknown {
    return this.value;
  }
}
