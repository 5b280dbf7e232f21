/**
 * fix_imports: what names of Python 2 are called in Python 3. A reader applies it to the globals of pickles below protocol
 * 3. The tables are those of CPython 3.11's `_compat_pickle`; later versions leave out a module or two.
 */

/** Exceptions of Python 2's module `exceptions` that are in `builtins` under the same name. */
const EXCEPTIONS = `
  ArithmeticError AssertionError AttributeError BaseException BufferError BytesWarning DeprecationWarning
  EOFError EnvironmentError Exception FloatingPointError FutureWarning GeneratorExit IOError ImportError
  ImportWarning IndentationError IndexError KeyError KeyboardInterrupt LookupError MemoryError NameError
  NotImplementedError OSError OverflowError PendingDeprecationWarning ReferenceError RuntimeError RuntimeWarning
  StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TypeError UnboundLocalError
  UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError
  Warning ZeroDivisionError
`;

/** Module and name in Python 2, module in Python 3, and the name there where it is another. */
const NAMES = `
  UserDict IterableUserDict collections UserDict
  UserDict UserDict collections
  UserList UserList collections
  UserString UserString collections
  __builtin__ basestring builtins str
  __builtin__ intern sys
  __builtin__ long builtins int
  __builtin__ reduce functools
  __builtin__ unichr builtins chr
  __builtin__ unicode builtins str
  __builtin__ xrange builtins range
  _multiprocessing Connection multiprocessing.connection
  _socket fromfd socket
  exceptions StandardError builtins Exception
  itertools ifilter builtins filter
  itertools ifilterfalse itertools filterfalse
  itertools imap builtins map
  itertools izip builtins zip
  itertools izip_longest itertools zip_longest
  multiprocessing AuthenticationError multiprocessing.context
  multiprocessing BufferTooShort multiprocessing.context
  multiprocessing ProcessError multiprocessing.context
  multiprocessing TimeoutError multiprocessing.context
  multiprocessing.forking Popen multiprocessing.popen_fork
  multiprocessing.process Process multiprocessing.context
  socket _socketobject socket SocketType
  urllib ContentTooShortError urllib.error
  urllib getproxies urllib.request
  urllib pathname2url urllib.request
  urllib quote urllib.parse
  urllib quote_plus urllib.parse
  urllib unquote urllib.parse
  urllib unquote_plus urllib.parse
  urllib url2pathname urllib.request
  urllib urlcleanup urllib.request
  urllib urlencode urllib.parse
  urllib urlopen urllib.request
  urllib urlretrieve urllib.request
  urllib2 HTTPError urllib.error
  urllib2 URLError urllib.error
  whichdb whichdb dbm
`;

/** Module in Python 2, module in Python 3: for every name that is not above. */
const MODULES = `
  BaseHTTPServer http.server
  CGIHTTPServer http.server
  ConfigParser configparser
  Cookie http.cookies
  Dialog tkinter.dialog
  DocXMLRPCServer xmlrpc.server
  FileDialog tkinter.filedialog
  HTMLParser html.parser
  Queue queue
  ScrolledText tkinter.scrolledtext
  SimpleDialog tkinter.simpledialog
  SimpleHTTPServer http.server
  SimpleXMLRPCServer xmlrpc.server
  SocketServer socketserver
  StringIO io
  Tix tkinter.tix
  Tkconstants tkinter.constants
  Tkdnd tkinter.dnd
  Tkinter tkinter
  UserDict collections
  UserList collections
  UserString collections
  __builtin__ builtins
  _abcoll collections.abc
  _elementtree xml.etree.ElementTree
  _winreg winreg
  anydbm dbm
  cPickle pickle
  cStringIO io
  commands subprocess
  cookielib http.cookiejar
  copy_reg copyreg
  dbhash dbm.bsd
  dbm dbm.ndbm
  dumbdbm dbm.dumb
  dummy_thread _dummy_thread
  gdbm dbm.gnu
  htmlentitydefs html.entities
  httplib http.client
  markupbase _markupbase
  repr reprlib
  robotparser urllib.robotparser
  test.test_support test.support
  thread _thread
  tkColorChooser tkinter.colorchooser
  tkCommonDialog tkinter.commondialog
  tkFileDialog tkinter.filedialog
  tkFont tkinter.font
  tkMessageBox tkinter.messagebox
  tkSimpleDialog tkinter.simpledialog
  ttk tkinter.ttk
  urllib2 urllib.request
  urlparse urllib.parse
  whichdb dbm
  xmlrpclib xmlrpc.client
`;

interface Tables {
  /** Python 2's modules: for each what it is called in Python 3. */
  readonly modules: ReadonlyMap<string, string>;
  /** Python 2's names by module: for each what it is called in Python 3. */
  readonly names: ReadonlyMap<string, ReadonlyMap<string, readonly [module: string, name: string]>>;
}

let tables: Tables | undefined;

/** What is renamed. Made at the first call. */
export function importTables(): Tables {
  return (tables ??= makeTables());
}

function makeTables(): Tables {
  const names = new Map<string, Map<string, readonly [string, string]>>();
  const addName = (module: string, name: string, to: readonly [string, string]): void => {
    const others = names.get(module);
    if (others === undefined) names.set(module, new Map([[name, to]]));
    else others.set(name, to);
  };
  for (const [module, name, newModule, newName = name] of rowsOf(NAMES))
    addName(module!, name!, [newModule!, newName!]);
  for (const name of EXCEPTIONS.trim().split(/\s+/)) addName('exceptions', name, ['builtins', name]);
  return { modules: new Map(rowsOf(MODULES) as [string, string][]), names };
}

function rowsOf(text: string): string[][] {
  return text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' '));
}

/** The global's module and name in Python 3: by both if they are known together, else by the module alone. */
export function mapImport(module: string, name: string): readonly [module: string, name: string] {
  const { modules, names } = importTables();
  return names.get(module)?.get(name) ?? [modules.get(module) ?? module, name];
}
