/** torch's dtypes, by the names that torch gives them, as numpy's dtypes have them. */
import { Dtype, type DtypeKind } from '../../arrays/dtype.ts';
import { PyGlobal } from '../../values/py.ts';

const numbers = (kind: DtypeKind, itemsize: number): Dtype =>
  new Dtype({ kind, itemsize, byteorder: itemsize === 1 ? '|' : '<' }).seal();

const added = (extension: string, itemsize: number): Dtype =>
  new Dtype({ kind: 'V', itemsize, byteorder: itemsize === 1 ? '|' : '<', extension }).seal();

/** Of quantised dtypes: that of the ints which are stored. */
const BY_NAME: ReadonlyMap<string, () => Dtype> = new Map([
  ['bool', () => numbers('b', 1)],
  ['uint8', () => numbers('u', 1)],
  ['uint16', () => numbers('u', 2)],
  ['uint32', () => numbers('u', 4)],
  ['uint64', () => numbers('u', 8)],
  ['int8', () => numbers('i', 1)],
  ['int16', () => numbers('i', 2)],
  ['int32', () => numbers('i', 4)],
  ['int64', () => numbers('i', 8)],
  ['float16', () => numbers('f', 2)],
  ['float32', () => numbers('f', 4)],
  ['float64', () => numbers('f', 8)],
  ['complex64', () => numbers('c', 8)],
  ['complex128', () => numbers('c', 16)],
  ['complex32', () => added('complex32', 4)],
  ['bfloat16', () => added('bfloat16', 2)],
  ['float8_e4m3fn', () => added('float8_e4m3fn', 1)],
  ['float8_e5m2', () => added('float8_e5m2', 1)],
  ['float8_e4m3fnuz', () => added('float8_e4m3fnuz', 1)],
  ['float8_e5m2fnuz', () => added('float8_e5m2fnuz', 1)],
  ['float8_e8m0fnu', () => added('float8_e8m0fnu', 1)],
  ['qint8', () => numbers('i', 1)],
  ['quint8', () => numbers('u', 1)],
  ['qint32', () => numbers('i', 4)],
  // Two and four elements lie in one byte: only their bytes are given.
  ['quint4x2', () => numbers('u', 1)],
  ['quint2x4', () => numbers('u', 1)],
]);

/** Names that are older, or short for another. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['half', 'float16'],
  ['float', 'float32'],
  ['double', 'float64'],
  ['short', 'int16'],
  ['int', 'int32'],
  ['long', 'int64'],
  ['chalf', 'complex32'],
  ['cfloat', 'complex64'],
  ['cdouble', 'complex128'],
]);

const BY_STORAGE: ReadonlyMap<string, string> = new Map([
  ['FloatStorage', 'float32'],
  ['DoubleStorage', 'float64'],
  ['HalfStorage', 'float16'],
  ['BFloat16Storage', 'bfloat16'],
  ['LongStorage', 'int64'],
  ['IntStorage', 'int32'],
  ['ShortStorage', 'int16'],
  ['CharStorage', 'int8'],
  ['ByteStorage', 'uint8'],
  ['BoolStorage', 'bool'],
  ['ComplexFloatStorage', 'complex64'],
  ['ComplexDoubleStorage', 'complex128'],
  ['QInt8Storage', 'qint8'],
  ['QUInt8Storage', 'quint8'],
  ['QInt32Storage', 'qint32'],
  ['QUInt4x2Storage', 'quint4x2'],
  ['QUInt2x4Storage', 'quint2x4'],
  ['UntypedStorage', 'uint8'],
]);

const STORAGE_MODULES: ReadonlySet<string> = new Set(['torch', 'torch.storage', 'torch.cuda']);

const made = new Map<string, Dtype>();

/** The dtype of a name as 'float32'; undefined where torch has none, or it cannot lie in a storage. */
export function descrOf(name: string): Dtype | undefined {
  let descr = made.get(name);
  if (descr === undefined) {
    descr = BY_NAME.get(name)?.();
    if (descr !== undefined) made.set(name, descr);
  }
  return descr;
}

/** Whether several elements lie in one byte. */
export const isPacked = (name: string): boolean => name === 'quint4x2' || name === 'quint2x4';

/** The name of the dtype that a pickle's `torch.float32` is; undefined where it is none. */
export function dtypeNameOf(global: unknown): string | undefined {
  if (!(global instanceof PyGlobal) || global.module !== 'torch') return undefined;
  const name = ALIASES.get(global.name) ?? global.name;
  return BY_NAME.has(name) ? name : undefined;
}

/** The name of the dtype of a storage's class; undefined where it is none. */
export function dtypeOfStorage(cls: unknown): string | undefined {
  return cls instanceof PyGlobal && STORAGE_MODULES.has(cls.module) ? BY_STORAGE.get(cls.name) : undefined;
}
