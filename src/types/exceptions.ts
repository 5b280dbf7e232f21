/** The exceptions of module builtins. Those of other modules are classes that nobody has registered, and stay inert. */
import { pickleError } from '../spec/pickle-error.ts';
import type { TypeContext, TypeFamily } from '../spec/options.ts';
import { asTuple, fieldsOf, made } from './stdlib/arguments.ts';
import { PyException } from './stdlib/exceptions.ts';
import { reduced } from './stdlib/reduce.ts';
import { reduceException } from './stdlib/reduce-exception.ts';

const NAMES = `
  ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError
  BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError
  ConnectionResetError DeprecationWarning EOFError EncodingWarning EnvironmentError Exception ExceptionGroup
  FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning
  IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError
  ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError OverflowError
  PendingDeprecationWarning PermissionError ProcessLookupError PythonFinalizationError RecursionError ReferenceError
  ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError
  SystemExit TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError
  UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError
`
  .trim()
  .split(/\s+/);

export const exceptions: TypeFamily = {
  name: 'exceptions',
  get types(): TypeFamily['types'] {
    return NAMES.map((name) => [
      'builtins',
      name,
      made((args, kwargs, context) => (kwargs.size > 0 ? undefined : exception(name, args, context)), { setState }),
    ]);
  },
  reducers: [reduced(PyException, reduceException)],
};

/** Which class of its own OSError gives for an error number of Linux. */
const BY_NUMBER: ReadonlyMap<number, string> = new Map([
  [1, 'PermissionError'],
  [2, 'FileNotFoundError'],
  [3, 'ProcessLookupError'],
  [4, 'InterruptedError'],
  [10, 'ChildProcessError'],
  [11, 'BlockingIOError'],
  [13, 'PermissionError'],
  [17, 'FileExistsError'],
  [20, 'NotADirectoryError'],
  [21, 'IsADirectoryError'],
  [32, 'BrokenPipeError'],
  [103, 'ConnectionAbortedError'],
  [104, 'ConnectionResetError'],
  [108, 'BrokenPipeError'],
  [110, 'TimeoutError'],
  [111, 'ConnectionRefusedError'],
  [114, 'BlockingIOError'],
  [115, 'BlockingIOError'],
]);

const OS_ERRORS: ReadonlySet<string> = new Set(['OSError', 'IOError', 'EnvironmentError', ...BY_NUMBER.values()]);

/**
 * IOError and EnvironmentError are OSError in Python 3, and that makes instances of its own subclasses. Its arguments are
 * number, text, file, a number of Windows, and a second file; with two to five of them, `args` keeps the first two.
 */
function exception(name: string, args: readonly unknown[], context: TypeContext): PyException {
  if (!OS_ERRORS.has(name)) return new PyException(name, asTuple(args, context));
  const isPlain = args.length < 2 || args.length > 5;
  const isBase = name === 'OSError' || name === 'IOError' || name === 'EnvironmentError';
  const own = isBase ? ((isPlain ? undefined : BY_NUMBER.get(Number(args[0]))) ?? 'OSError') : name;
  if (isPlain) return new PyException(own, asTuple(args, context));
  const files = [args[2] ?? null, args[4] ?? null].filter((file) => file !== null);
  return new PyException(own, asTuple(args.slice(0, 2), context), files);
}

function setState(target: unknown, state: unknown): void {
  if (state === null) return;
  const fields = fieldsOf(state);
  if (fields === undefined) throw pickleError('INVALID_STATE', { offset: -1 });
  (target as PyException).attrs = new Map([...((target as PyException).attrs ?? []), ...fields]);
}
