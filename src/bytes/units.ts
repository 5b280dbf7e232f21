import { fromUnits } from './latin1.ts';
import { checkStringUnits, type Where } from './where.ts';

/** Room of a writer, in units. One call of fromCharCode takes as many arguments without harm to the call stack. */
const ROOM = 4096;

/**
 * A string in the making, unit of UTF-16 by unit. Unlike TextDecoder it leaves lone surrogates as they are.
 * One writer is meant to be used again and again: `begin` first.
 */
export class UnitWriter {
  private readonly units = new Uint16Array(ROOM);
  private used = 0;
  private readonly parts: string[] = [];
  private whole = 0;
  private where: Where = { offset: 0, opcode: 0 };

  /** Begins a string. Pushing throws PickleLimitError LIMIT_STRING, with this place, before JavaScript cannot hold it. */
  begin(where: Where): void {
    this.where = where;
    this.used = 0;
    this.whole = 0;
    this.parts.length = 0;
  }

  /** Adds a code point, as one unit or two. */
  push(point: number): void {
    if (this.used > ROOM - 2) this.flush();
    if (point < 0x10000) this.units[this.used++] = point;
    else {
      this.units[this.used++] = 0xd7c0 + (point >>> 10);
      this.units[this.used++] = 0xdc00 | (point & 0x3ff);
    }
  }

  /** Adds text of ASCII. */
  pushText(text: string): void {
    for (let i = 0; i < text.length; i++) this.push(text.charCodeAt(i));
  }

  /** The string. The writer lets go of it. */
  finish(): string {
    this.flush();
    const text = this.parts.length === 1 ? this.parts[0]! : this.parts.join('');
    this.parts.length = 0;
    return text;
  }

  private flush(): void {
    if (this.used === 0) return;
    this.whole += this.used;
    checkStringUnits(this.whole, this.where);
    this.parts.push(fromUnits(this.units.subarray(0, this.used)));
    this.used = 0;
  }
}
