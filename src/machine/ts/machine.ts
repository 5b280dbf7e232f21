import type { Graph } from '../../graph/graph.ts';
import { STATUS_DONE, STATUS_ERROR, STATUS_NEED_INPUT, STATUS_REQUEST } from '../../spec/layout.ts';
import type { Machine, MachineSettings } from '../port.ts';
import { CUT, EMPTY_INPUT, MISSING_STOP, FRAME_STRADDLE, REQUEST, STOPPED, TRUNCATED } from './faults.ts';
import { isArgumentStraddling, isLineStraddling, leaveFrame } from './frames.ts';
import { GraphView } from './graph-view.ts';
import { loop } from './loop.ts';
import { answer, NAME_CELLS } from './objects.ts';
import { State } from './state.ts';
import { warmUp } from './warm-up.ts';

/**
 * Bytes that the loop runs over before it returns and is called anew: V8 compiles a function that is called again and
 * again sooner than one that does not return.
 */
const STRETCH = 65536;
/** The opcode of an error at the end of the input: no opcode has it. */
const NO_OPCODE = 0;

/** Bytes of an input for which memory is provided at once. */
const LARGE = 2 ** 20;

/** Bytes of an input from which on warming up takes less time than it saves. */
const WARM_FROM = 2 ** 15;

let isWarm = false;

/** Makes a machine in TypeScript. */
export function createTsMachine(): Machine {
  return new TsMachine();
}

class TsMachine implements Machine {
  readonly engine = 'ts';
  readonly moduleSlot = NAME_CELLS;
  readonly nameSlot = NAME_CELLS + 1;
  position = 0;
  errorNumber = 0;
  /** Whether nothing was run since `begin`. */
  private isFresh = true;
  private readonly state = new State();
  private readonly view = new GraphView(this.state);

  get protocol(): number {
    return this.state.protocol;
  }
  get opcodeOffset(): number {
    return this.state.opcodeOffset;
  }
  get opcode(): number {
    return this.state.opcode;
  }
  get errorActual(): number {
    return this.state.actual;
  }
  get argumentOffset(): number {
    return this.state.argumentOffset;
  }
  get argumentLength(): number {
    return this.state.argumentLength;
  }
  get lastPayload(): number {
    return this.state.lastPayload;
  }
  get frameEnd(): number {
    return this.state.frameEnd;
  }
  get frameOffset(): number {
    return this.state.frameOffset;
  }
  get graph(): Graph {
    return this.view.refresh();
  }

  begin(settings: MachineSettings): void {
    this.state.begin(settings);
    this.isFresh = true;
    this.position = 0;
    this.errorNumber = 0;
  }

  next(): void {
    this.state.next();
  }

  run(bytes: Uint8Array, start: number, end: number, base: number, final: boolean): number {
    if (this.errorNumber !== 0) return STATUS_ERROR;
    if (!isWarm && end - start >= WARM_FROM) {
      isWarm = true;
      warmUp(new TsMachine());
    }
    const s = this.state;
    s.bytes = bytes;
    s.p = start;
    s.end = end;
    s.final = final;
    s.shift = base - start;
    if (this.isFresh) {
      this.isFresh = false;
      // Lists of dicts take about that much.
      if (final && end - start >= LARGE) s.expect(2 * (end - start), end - start);
    }
    s.text.beginRun(bytes, start, end, base, final);
    let fault;
    do {
      const frameEnd = s.currentFrameEnd === 0 ? Infinity : Math.max(s.p + 1, s.currentFrameEnd - s.shift);
      fault = loop(s, Math.min(s.p + STRETCH, end, frameEnd));
      if (fault === 0) fault = leaveFrame(s);
    } while (fault === 0 && s.p < end);
    s.text.endRun(Math.min(s.p, end));
    this.position = s.p + s.shift;
    if (fault === STOPPED) return STATUS_DONE;
    if (fault === 0) {
      if (!final) return STATUS_NEED_INPUT;
      s.opcodeOffset = this.position;
      s.opcode = NO_OPCODE;
      return this.fail(this.position === 0 ? EMPTY_INPUT : MISSING_STOP);
    }
    // The opcode is not done: it is where to go on, and what an error is about.
    this.position = s.opcodeOffset;
    if (isArgumentStraddling(s, fault)) return this.fail(FRAME_STRADDLE);
    if (fault === REQUEST) return STATUS_REQUEST;
    if (fault === CUT && !final) return STATUS_NEED_INPUT;
    return this.fail(fault === CUT ? TRUNCATED : fault);
  }

  reply(lo: number, hi: number, position: number): void {
    const s = this.state;
    this.position = position;
    let fault = isLineStraddling(s, position) ? FRAME_STRADDLE : answer(s, s.opcode, lo | 0, hi | 0);
    if (fault === 0) fault = s.reserveStack();
    if (fault === 0) fault = s.reserve(0);
    if (fault !== 0) this.fail(fault);
  }

  /** Ends the decode: `run` says so, now or when it is called next. */
  private fail(fault: number): number {
    this.errorNumber = fault;
    return STATUS_ERROR;
  }
}
