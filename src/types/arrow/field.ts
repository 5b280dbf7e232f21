/** A pyarrow.Field: a name and a type. */
import type { ArrowField, ArrowType } from './type.ts';

export class PyArrowField implements ArrowField {
  readonly name: string;
  readonly type: ArrowType;
  readonly nullable: boolean;
  /** Bytes by bytes; null where there is none. */
  readonly metadata: unknown;

  constructor(name: string, type: ArrowType, nullable: boolean, metadata: unknown) {
    this.name = name;
    this.type = type;
    this.nullable = nullable;
    this.metadata = metadata;
  }

  toString(): string {
    return `${this.name}: ${String(this.type)}${this.nullable ? '' : ' not null'}`;
  }
}
