/**
 * One opcode, carried out in the plainest way. The loop has faster ways for the usual cases of the usual opcodes, and comes
 * here for all else: rare opcodes, areas that have to grow, requests, and everything that is wrong.
 *
 * `state.p` is the index behind the opcode's byte, and afterwards behind its argument. Returns 0 or a fault; after a fault
 * an opcode may be half done, except that CUT and REQUEST leave the machine as it was.
 */
import {
  CONST_EMPTY_TUPLE,
  CONST_FALSE,
  CONST_NONE,
  CONST_TRUE,
  HOW_NEWOBJ,
  HOW_REDUCE,
  NODE_BYTEARRAY,
  NODE_BYTES,
} from '../../spec/layout.ts';
import * as containers from './containers.ts';
import {
  CUT,
  INVALID_EXT_CODE,
  MARK_NOT_FOUND,
  REQUEST,
  STOPPED,
  UNKNOWN_OPCODE,
  UNSUPPORTED_PROTOCOL,
} from './faults.ts';
import * as dicts from './dicts.ts';
import * as leaves from './leaves.ts';
import { uint4 } from './numbers.ts';
import * as objects from './objects.ts';
import type { State } from './state.ts';
import { HI_CONST, HI_DICT, HI_LIST, HI_SET } from '../../spec/slot-words.ts';

export function step(s: State, opcode: number): number {
  switch (opcode) {
    case 0x28: // MARK
      return s.mark();
    case 0x29: // EMPTY_TUPLE
      return constant(s, CONST_EMPTY_TUPLE);
    case 0x2e: // STOP
      return stop(s);
    case 0x30: // POP
      return objects.pop(s);
    case 0x31: // POP_MARK
      return objects.popMark(s);
    case 0x32: // DUP
      return objects.dup(s);
    case 0x42: // BINBYTES
      return leaves.payload(s, 4, NODE_BYTES);
    case 0x43: // SHORT_BINBYTES
      return leaves.payload(s, 1, NODE_BYTES);
    case 0x46: // FLOAT
    case 0x50: // PERSID
    case 0x63: // GLOBAL
      return s.ask(s.p + s.shift, 0);
    case 0x47: // BINFLOAT
      return leaves.binfloat(s);
    case 0x49: // INT
      return leaves.intLine(s, false);
    case 0x4a: // BININT
      return leaves.int(s, 4);
    case 0x4b: // BININT1
      return leaves.int(s, 1);
    case 0x4c: // LONG
      return leaves.intLine(s, true);
    case 0x4d: // BININT2
      return leaves.int(s, 2);
    case 0x4e: // NONE
      return constant(s, CONST_NONE);
    case 0x51: // BINPERSID
      return objects.binpersid(s);
    case 0x52: // REDUCE
      return objects.call(s, HOW_REDUCE);
    case 0x53: // STRING
      return leaves.textLine(s, true);
    case 0x54: // BINSTRING
      return leaves.binstring(s, -4, NODE_BYTES);
    case 0x55: // SHORT_BINSTRING
      return leaves.binstring(s, 1, NODE_BYTES);
    case 0x56: // UNICODE
      return leaves.textLine(s, false);
    case 0x58: // BINUNICODE
      return leaves.unicode(s, 4);
    case 0x5d: // EMPTY_LIST
      return containers.empty(s, HI_LIST);
    case 0x61: // APPEND
      return containers.append(s);
    case 0x62: // BUILD
      return objects.build(s);
    case 0x64: // DICT
      return dicts.dict(s);
    case 0x65: // APPENDS
      return containers.appends(s, HI_LIST);
    case 0x67: // GET
    case 0x70: // PUT
      return memoLine(s, opcode === 0x67);
    case 0x68: // BINGET
    case 0x6a: // LONG_BINGET
    case 0x71: // BINPUT
    case 0x72: // LONG_BINPUT
      return memo(s, opcode);
    case 0x69: // INST
      return s.markCount === 0 ? MARK_NOT_FOUND : s.ask(s.p + s.shift, 0);
    case 0x6c: // LIST
      return containers.list(s);
    case 0x6f: // OBJ
      return objects.obj(s);
    case 0x73: // SETITEM
      return dicts.setItem(s);
    case 0x74: // TUPLE
      return containers.tuple(s);
    case 0x75: // SETITEMS
      return dicts.setItems(s);
    case 0x7d: // EMPTY_DICT
      return containers.empty(s, HI_DICT);
    case 0x80: // PROTO
      return proto(s);
    case 0x81: // NEWOBJ
      return objects.call(s, HOW_NEWOBJ);
    case 0x82: // EXT1
      return leaves.extensionCode(s, 1, INVALID_EXT_CODE);
    case 0x83: // EXT2
      return leaves.extensionCode(s, 2, INVALID_EXT_CODE);
    case 0x84: // EXT4
      return leaves.extensionCode(s, 4, INVALID_EXT_CODE);
    case 0x85: // TUPLE1
    case 0x86: // TUPLE2
    case 0x87: // TUPLE3
      return containers.shortTuple(s, opcode - 0x84);
    case 0x88: // NEWTRUE
      return constant(s, CONST_TRUE);
    case 0x89: // NEWFALSE
      return constant(s, CONST_FALSE);
    case 0x8a: // LONG1
      return leaves.long(s, 1);
    case 0x8b: // LONG4
      return leaves.long(s, -4);
    case 0x8c: // SHORT_BINUNICODE
      return leaves.unicode(s, 1);
    case 0x8d: // BINUNICODE8
      return leaves.unicode(s, 8);
    case 0x8e: // BINBYTES8
      return leaves.payload(s, 8, NODE_BYTES);
    case 0x8f: // EMPTY_SET
      return containers.empty(s, HI_SET);
    case 0x90: // ADDITEMS
      return containers.appends(s, HI_SET);
    case 0x91: // FROZENSET
      return containers.frozenset(s);
    case 0x92: // NEWOBJ_EX
      return objects.callWithKeywords(s);
    case 0x93: // STACK_GLOBAL
      return objects.stackGlobal(s);
    case 0x94: // MEMOIZE
      return s.keep(s.memo.count);
    case 0x95: // FRAME
      return leaves.frame(s);
    case 0x96: // BYTEARRAY8
      return leaves.payload(s, 8, NODE_BYTEARRAY);
    case 0x97: // NEXT_BUFFER
      return objects.nextBuffer(s);
    case 0x98: // READONLY_BUFFER
      return objects.readonlyBuffer(s);
    default:
      return UNKNOWN_OPCODE;
  }
}

function constant(s: State, which: number): number {
  s.push(which, HI_CONST);
  return 0;
}

function stop(s: State): number {
  if (s.sp - s.fence < 2) return s.missing();
  s.slots.words.set(s.stack.words.subarray(s.sp - 2, s.sp), 2 * objects.ROOT_CELL);
  return STOPPED;
}

function proto(s: State): number {
  if (s.p >= s.end) return CUT;
  const protocol = s.bytes[s.p]!;
  if (protocol > 5) return UNSUPPORTED_PROTOCOL;
  s.protocol = protocol;
  s.p++;
  return 0;
}

/** GET and PUT. */
function memoLine(s: State, isGet: boolean): number {
  const index = leaves.memoLine(s);
  if (index < 0) return REQUEST;
  return isGet ? s.fetch(index) : s.keep(index);
}

/** BINGET, BINPUT and their LONG_ kin. */
function memo(s: State, opcode: number): number {
  const { bytes, p } = s;
  const size = opcode === 0x68 || opcode === 0x71 ? 1 : 4;
  if (size > s.end - p) return CUT;
  const index = size === 1 ? bytes[p]! : uint4(bytes, p);
  s.p = p + size;
  return opcode === 0x68 || opcode === 0x6a ? s.fetch(index) : s.keep(index);
}
