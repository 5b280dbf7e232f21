/** Small values of torch: sizes, devices, layouts. */
import { keyValue, type KeyValue } from '../../spec/key-kind.ts';
import { customInspect, printedShort, type PrintOptions } from '../../values/py-print.ts';

/** A torch.Size: the lengths of a shape. */
export class TorchSize extends Array<number> {
  /** Arrays that are made of it are plain ones. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** A torch.device. */
export class TorchDevice {
  /** 'cpu', 'cuda', 'mps' ... */
  readonly type: string;
  readonly index: number | undefined;

  constructor(type: string, index?: number) {
    this.type = type;
    this.index = index;
  }

  /** As torch prints it: 'cuda:0'. */
  toString(): string {
    return this.index === undefined ? this.type : `${this.type}:${this.index}`;
  }

  [keyValue](): KeyValue {
    return ['torch device', this.type, this.index ?? null];
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(`TorchDevice ${this.toString()}`, options);
  }

  toJSON(): string {
    return this.toString();
  }
}

/** A torch.layout: 'strided', 'sparse_coo', 'sparse_csr' ... */
export class TorchLayout {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  toString(): string {
    return `torch.${this.name}`;
  }

  [keyValue](): KeyValue {
    return ['torch layout', this.name];
  }

  [customInspect](_depth: number | null, options: PrintOptions): string {
    return printedShort(`TorchLayout ${this.toString()}`, options);
  }

  toJSON(): string {
    return this.toString();
  }
}
