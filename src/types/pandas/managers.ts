/** Block managers: what a DataFrame or a Series keeps its blocks and its axes in, of all ages of pandas. */
import { refuse } from '../../arrays/refuse.ts';
import { fieldsOf } from '../stdlib/arguments.ts';
import { PySlice } from '../stdlib/numbers.ts';
import { Block } from './blocks.ts';
import { Index } from './index-objects.ts';

export class BlockManager {
  #axes: readonly Index[] = [];
  #blocks: readonly Block[] = [];

  /** The columns and then the rows; of a Series the rows. */
  get axes(): readonly Index[] {
    return this.#axes;
  }

  get blocks(): readonly Block[] {
    return this.#blocks;
  }

  /** @throws PickleError INVALID_STATE where they are no blocks and no axes */
  become(blocks: unknown, axes: unknown): void {
    if (!Array.isArray(axes) || !axes.every((axis) => axis instanceof Index))
      refuse('The axes of blocks are no indexes.');
    if (!Array.isArray(blocks) || !blocks.every((block) => block instanceof Block)) refuse('Blocks are no blocks.');
    this.#axes = axes as Index[];
    this.#blocks = blocks as Block[];
  }

  /**
   * BUILD of an ArrayManager, of pandas 1.3 to 2: `(arrays, axes)`, an array for each column; the rows before the columns.
   * @throws PickleError INVALID_STATE where it is no such state
   */
  setArrays(state: unknown): void {
    if (!Array.isArray(state) || state.length !== 2) refuse('The state of arrays is no tuple of 2.');
    const [arrays, axes] = state as unknown[];
    if (!Array.isArray(arrays) || !Array.isArray(axes)) refuse('The arrays of a manager are no list.');
    const blocks = arrays.map((values: unknown, i) => new Block(values, new PySlice(i, i + 1, 1)));
    this.become(blocks, (axes as unknown[]).toReversed());
  }

  /**
   * BUILD: `(axes, values, labels, { '0.14.1': { axes, blocks } })`; older pandas leave the dict out, and a block is then
   * of the columns that its labels name.
   * @throws PickleError INVALID_STATE where it is no such state
   */
  setState(state: unknown): void {
    if (!Array.isArray(state) || state.length < 3 || state.length > 4)
      refuse('The state of blocks is no tuple of 3 or 4.');
    const [axes, values, labels, extra] = state as unknown[];
    const told = fieldsOf(fieldsOf(extra)?.get('0.14.1'));
    if (told !== undefined) {
      const blocks = told.get('blocks');
      this.become(Array.isArray(blocks) ? blocks.map(blockOf) : blocks, told.get('axes'));
      return;
    }
    if (!Array.isArray(values) || !Array.isArray(labels) || values.length !== labels.length) {
      refuse('Blocks and their labels differ in number.');
    }
    this.become(
      values.map((block, i) => new Block(block, (labels as unknown[])[i])),
      axes,
    );
  }
}

function blockOf(told: unknown): Block {
  const fields = fieldsOf(told) ?? refuse('A block is no dict.');
  return new Block(fields.get('values'), fields.get('mgr_locs'));
}
