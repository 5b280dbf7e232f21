/** The exceptions of module builtins. Those of other modules are classes that nobody has registered, and stay inert. */
import { pickleError } from '../spec/pickle-error.ts';
import type { TypeFamily } from '../spec/options.ts';
import { asTuple, fieldsOf, made } from './stdlib/arguments.ts';
import { PyException } from './stdlib/exceptions.ts';

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
  types: NAMES.map((name) => [
    'builtins',
    name,
    made(
      (args, kwargs, context) =>
        kwargs.size > 0 ? undefined : new PyException(nameOf(name, args), asTuple(args, context)),
      { setState },
    ),
  ]),
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

/** IOError and EnvironmentError are OSError in Python 3, and that makes instances of its own subclasses. */
function nameOf(name: string, args: readonly unknown[]): string {
  if (name !== 'OSError' && name !== 'IOError' && name !== 'EnvironmentError') return name;
  const hasNumber = args.length >= 2 && args.length <= 5;
  return (hasNumber ? BY_NUMBER.get(Number(args[0])) : undefined) ?? 'OSError';
}

function setState(target: unknown, state: unknown): void {
  if (state === null) return;
  const fields = fieldsOf(state);
  if (fields === undefined) throw pickleError('INVALID_STATE', { offset: -1 });
  (target as PyException).attrs = new Map([...((target as PyException).attrs ?? []), ...fields]);
}
