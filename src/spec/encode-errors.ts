/** The errors of writing: a table of their own, so that a decoder alone does not hold them. */
/** Every code of a PicklingError, with a sentence that says what to do. Codes are stable, sentences may change. */
export const PICKLING_TEXTS = {
  UNPICKLABLE: 'Python has nothing like it, or it is not known here what is. Leave it out, or say it by a reducer.',
  UNREGISTERED_CLASS:
    'It is not known what Python calls this class. Name it in the option registry, give a reducer in the option reducers, or write a plain object.',
  INVALID_REDUCTION: 'A reduction is [callable, args, state, listItems, dictItems, stateSetter], or a PyGlobal.',
  CYCLE: 'The value holds itself where Python could not make it so. With { refs: false } no cycle can be written.',
  CHANGED: 'The value was changed while it was being written.',
  TOO_DEEP: 'Values are nested too deep: this looks like a value without an end.',
  NEEDS_PROTOCOL: 'This protocol cannot say it. Write a higher one.',
  INVALID_NAME: 'A module or name cannot be written so. Name it as Python does.',
  TOO_LARGE: 'It is longer than this protocol can say. Write protocol 4 or 5.',
} as const satisfies Record<string, string>;

export type PicklingCode = keyof typeof PICKLING_TEXTS;
