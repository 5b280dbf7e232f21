/**
 * Plans: how an object is written, as steps one after another. A plan is a flat list of step and argument in turn.
 */

/** Writes a value: a callable, an object that is referred to. */
export const SAVE = 0;
/** Writes an Array of arguments as a tuple. A plain Array has no identity there: nothing refers to the tuple. */
export const SAVE_TUPLE = 1;
/** Writes a value that is a state. */
export const SAVE_STATE = 2;
/** Writes a value that has no persistent id. */
export const SAVE_ID = 3;
/** Writes a str that is nothing else's. */
export const SAVE_TEXT = 4;
/** Writes a str that Python has as one object. */
export const SAVE_NAME = 14;
/** Writes an opcode. */
export const OPCODE = 5;
/** Writes bytes as they are, given as text of a character for each. */
export const RAW = 6;
/** Writes the module and name of a PyGlobal as two lines. */
export const LINES = 7;
/** Writes a mark and the values of an Array above it. */
export const MARKED = 8;
/** Keeps an object in the memo; null: only a number is taken. If it is there already, it was met in its own arguments: it is thrown away and fetched. */
export const MEMO = 9;
/** Writes the items of an Array with APPENDS. */
export const APPENDED = 10;
/** Writes keys and values in turn with SETITEMS. */
export const SET_ITEMS = 11;
/** Writes the items of an Array with ADDITEMS. */
export const ADDED = 12;
/** Writes the own properties of an object as a dict that has no identity. */
export const STATE = 13;

export type Plan = unknown[];

/** How the path of an error goes through the step before `at`. Attributes and items go without a word. */
export function stepName(plan: readonly unknown[], at: number): string {
  const step = plan[at - 2];
  return step === SAVE_TUPLE || step === MARKED ? '.args' : '';
}
