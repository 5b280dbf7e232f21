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

/** Module and name in Python 2, module and name in Python 3. */
const NAMES = `
  UserDict IterableUserDict collections UserDict
  UserDict UserDict collections UserDict
  UserList UserList collections UserList
  UserString UserString collections UserString
  __builtin__ basestring builtins str
  __builtin__ intern sys intern
  __builtin__ long builtins int
  __builtin__ reduce functools reduce
  __builtin__ unichr builtins chr
  __builtin__ unicode builtins str
  __builtin__ xrange builtins range
  _multiprocessing Connection multiprocessing.connection Connection
  _socket fromfd socket fromfd
  exceptions StandardError builtins Exception
  itertools ifilter builtins filter
  itertools ifilterfalse itertools filterfalse
  itertools imap builtins map
  itertools izip builtins zip
  itertools izip_longest itertools zip_longest
  multiprocessing AuthenticationError multiprocessing.context AuthenticationError
  multiprocessing BufferTooShort multiprocessing.context BufferTooShort
  multiprocessing ProcessError multiprocessing.context ProcessError
  multiprocessing TimeoutError multiprocessing.context TimeoutError
  multiprocessing.forking Popen multiprocessing.popen_fork Popen
  multiprocessing.process Process multiprocessing.context Process
  socket _socketobject socket SocketType
  urllib ContentTooShortError urllib.error ContentTooShortError
  urllib getproxies urllib.request getproxies
  urllib pathname2url urllib.request pathname2url
  urllib quote urllib.parse quote
  urllib quote_plus urllib.parse quote_plus
  urllib unquote urllib.parse unquote
  urllib unquote_plus urllib.parse unquote_plus
  urllib url2pathname urllib.request url2pathname
  urllib urlcleanup urllib.request urlcleanup
  urllib urlencode urllib.parse urlencode
  urllib urlopen urllib.request urlopen
  urllib urlretrieve urllib.request urlretrieve
  urllib2 HTTPError urllib.error HTTPError
  urllib2 URLError urllib.error URLError
  whichdb whichdb dbm whichdb
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

const moduleOf = new Map<string, string>();
const namesOf = new Map<string, Map<string, readonly [module: string, name: string]>>();

for (const line of MODULES.trim().split('\n')) {
  const [from, to] = line.trim().split(' ') as [string, string];
  moduleOf.set(from, to);
}
for (const line of NAMES.trim().split('\n')) {
  const [module, name, newModule, newName] = line.trim().split(' ') as [string, string, string, string];
  addName(module, name, [newModule, newName]);
}
for (const name of EXCEPTIONS.trim().split(/\s+/)) addName('exceptions', name, ['builtins', name]);

function addName(module: string, name: string, to: readonly [string, string]): void {
  const names = namesOf.get(module);
  if (names === undefined) namesOf.set(module, new Map([[name, to]]));
  else names.set(name, to);
}

/** Python 2's names by module: for each what it is called in Python 3. */
export const NAME_MAPPING: ReadonlyMap<string, ReadonlyMap<string, readonly [module: string, name: string]>> = namesOf;

/** Python 2's modules: for each what it is called in Python 3. */
export const IMPORT_MAPPING: ReadonlyMap<string, string> = moduleOf;

/** The global's module and name in Python 3: by both if they are known together, else by the module alone. */
export function mapImport(module: string, name: string): readonly [module: string, name: string] {
  return namesOf.get(module)?.get(name) ?? [moduleOf.get(module) ?? module, name];
}
