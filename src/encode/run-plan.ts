/** Carries out the plans of objects, step by step. */
import { PyGlobal, PyTuple } from '../values/py.ts';
import { pushAdded, pushAppends, pushSetItems, putProperties } from './containers.ts';
import { PLAN, type Frame } from './frame.ts';
import { memoizeGlobal, writeNames } from './globals.ts';
import * as Step from './plan.ts';
import { pushMarked, putTuple } from './tuples.ts';
import type { Writer } from './writer.ts';

const POP = 0x30;

/** Opens a plan. @param value whose plan it is; null: nobody's who could be met again */
export function pushPlan(w: Writer, plan: Step.Plan, value: object | null): false {
  const frame = w.push(PLAN, value, false);
  frame.items = plan;
  frame.at = 0;
  frame.end = plan.length;
  return false;
}

/** Goes on until a step pushes a frame, or all are done. */
export function continuePlan(w: Writer, frame: Frame): void {
  const { items } = frame;
  while (frame.at < frame.end) {
    const step = items[frame.at] as number;
    const argument = items[frame.at + 1];
    frame.at += 2;
    if (!takeStep(w, frame, step, argument)) return;
  }
  w.pop();
}

/** @returns whether the step is done: else it has pushed a frame */
function takeStep(w: Writer, frame: Frame, step: number, argument: unknown): boolean {
  const { out } = w;
  if (step <= Step.SAVE_NAME && out.pos >= out.limit) out.boundary();
  switch (step) {
    case Step.SAVE:
    case Step.SAVE_STATE:
      return w.put(argument);
    case Step.SAVE_ID:
      return w.putValue(argument);
    case Step.SAVE_TUPLE:
      return saveArguments(w, argument as readonly unknown[]);
    case Step.SAVE_TEXT:
      return w.newString(argument as string);
    case Step.SAVE_NAME:
      return w.knownString(argument as string);
    case Step.STATE:
      return putProperties(w, argument as object, null);
    case Step.OPCODE:
      out.byte(argument as number);
      return true;
    case Step.RAW:
      out.ascii(argument as string);
      return true;
    case Step.LINES:
      writeNames(w, argument as PyGlobal);
      return true;
    case Step.MEMO:
      keep(w, frame, argument as object | null);
      return true;
    case Step.MARKED:
      return pushMarked(w, argument as readonly unknown[]);
    case Step.APPENDED:
      return pushAppends(w, argument as readonly unknown[]);
    case Step.SET_ITEMS:
      return pushSetItems(w, argument as readonly unknown[]);
    default:
      return pushAdded(w, argument as readonly unknown[]);
  }
}

/** A tagged tuple may be met elsewhere, too; a plain Array would be a list there. */
function saveArguments(w: Writer, args: readonly unknown[]): boolean {
  return args instanceof PyTuple && Object.getPrototypeOf(args) === PyTuple.prototype
    ? w.putValue(args)
    : putTuple(w, args, null);
}

function keep(w: Writer, frame: Frame, value: object | null): void {
  if (value instanceof PyGlobal) {
    memoizeGlobal(w, value);
    return;
  }
  if (!w.refs) return;
  const index = value === null ? undefined : w.memo.meet(value);
  if (index === undefined) {
    w.memoizeNext();
    return;
  }
  w.out.byte(POP);
  w.get(index);
  frame.at = frame.end;
}
