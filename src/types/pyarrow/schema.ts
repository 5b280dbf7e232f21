/** pyarrow's schemas: the names and types of a table's columns. */
import type { PyArrowField } from '../arrow/field.ts';
import type { ArrowField } from '../arrow/type.ts';
import { entriesOf } from '../stdlib/arguments.ts';

/** A pyarrow.Schema. */
export class ArrowSchema {
  readonly fields: readonly PyArrowField[];
  /** Bytes by bytes, as pandas and others leave notes in; null where there is none. */
  readonly metadata: unknown;

  constructor(fields: readonly PyArrowField[], metadata: unknown) {
    this.fields = fields;
    this.metadata = metadata;
  }

  get names(): string[] {
    return this.fields.map(({ name }) => name);
  }

  /** As pyarrow prints it, a line a field; long metadata is cut. */
  toString(): string {
    const lines = this.fields.flatMap((field) => [fieldText(field), ...below(field, 0)]);
    return [...lines, ...metadataLines('schema metadata', this.metadata, '')].join('\n');
  }

  toJSON(): unknown {
    return this.fields.map(({ name, type, nullable }) => ({ name, type: String(type), nullable }));
  }
}

const fieldText = ({ name, type, nullable }: ArrowField): string =>
  `${name}: ${String(type)}${nullable ? '' : ' not null'}`;

/**
 * Lines below that of a field. A type is at most 64 levels deep.
 * @param indent of the field's own line
 */
function below(field: ArrowField & { readonly metadata?: unknown }, indent: number): string[] {
  const inner = indent === 0 ? 2 : indent + 4;
  const children = field.type.fields.flatMap((child, i) => [
    `${' '.repeat(inner)}child ${i}, ${fieldText(child)}`,
    ...below(child, inner),
  ]);
  return [...children, ...metadataLines('field metadata', field.metadata ?? null, ' '.repeat(indent + 2))];
}

/** The most that is shown of a value. */
const LONG = 70;
const utf8 = new TextDecoder();

function metadataLines(title: string, metadata: unknown, margin: string): string[] {
  const entries = metadata === null ? [] : (entriesOf(metadata) ?? []);
  const lines = entries.map(([key, value]) => {
    const [name, text] = [key, value].map((part) => (part instanceof Uint8Array ? utf8.decode(part) : String(part)));
    const shown = text!.length > LONG ? `${text!.slice(0, LONG - 1)}' + ${text!.length - LONG + 1}` : `${text}'`;
    return `${margin}${name}: '${shown}`;
  });
  return lines.length === 0 ? [] : [`${margin}-- ${title} --`, ...lines];
}
