/**
 * fix_imports the other way round: what names of Python 3 were called in Python 2, for protocols below 3. As CPython 3.11's
 * `_compat_pickle`: the reader's tables turned over, but for what would not come out right.
 */
import { importTables } from '../spec/imports.ts';

/** Modules of Python 2 that the writer never names: another one stands for the same module of Python 3. */
const NOT_MODULES: ReadonlySet<string> = new Set(
  `cPickle _elementtree FileDialog SimpleDialog DocXMLRPCServer SimpleHTTPServer CGIHTTPServer UserDict UserList
  UserString whichdb StringIO cStringIO`.split(/\s+/),
);
const NOT_NAMES: ReadonlySet<string> = new Set([
  '__builtin__ basestring',
  'exceptions StandardError',
  'UserDict UserDict',
  'socket _socketobject',
]);

/** Module in Python 3, module in Python 2. */
const MORE_MODULES = '_bz2 bz2 _dbm dbm _functools functools _gdbm gdbm _pickle pickle';

/** Module and name in Python 3, then in Python 2. */
const MORE_NAMES = `
  _functools reduce __builtin__ reduce
  tkinter.filedialog FileDialog FileDialog FileDialog
  tkinter.filedialog LoadFileDialog FileDialog LoadFileDialog
  tkinter.filedialog SaveFileDialog FileDialog SaveFileDialog
  tkinter.simpledialog SimpleDialog SimpleDialog SimpleDialog
  xmlrpc.server ServerHTMLDoc DocXMLRPCServer ServerHTMLDoc
  xmlrpc.server XMLRPCDocGenerator DocXMLRPCServer XMLRPCDocGenerator
  xmlrpc.server DocXMLRPCRequestHandler DocXMLRPCServer DocXMLRPCRequestHandler
  xmlrpc.server DocXMLRPCServer DocXMLRPCServer DocXMLRPCServer
  xmlrpc.server DocCGIXMLRPCRequestHandler DocXMLRPCServer DocCGIXMLRPCRequestHandler
  http.server SimpleHTTPRequestHandler SimpleHTTPServer SimpleHTTPRequestHandler
  http.server CGIHTTPRequestHandler CGIHTTPServer CGIHTTPRequestHandler
  _socket socket socket _socketobject
`;

/** Exceptions that Python 2 knew as OSError, or as ImportError. */
const OS_ERRORS = `
  BrokenPipeError ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError
  FileExistsError FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError PermissionError
  ProcessLookupError TimeoutError
`;
const IMPORT_ERRORS = 'ModuleNotFoundError';

interface Tables {
  readonly modules: ReadonlyMap<string, string>;
  /** By module and name with a space between. */
  readonly names: ReadonlyMap<string, readonly [module: string, name: string]>;
}

let tables: Tables | undefined;

/** The global's module and name in Python 2: by both if they are known together, else by the module alone. */
export function unmapImport(module: string, name: string): readonly [module: string, name: string] {
  const { modules, names } = (tables ??= makeTables());
  return names.get(`${module} ${name}`) ?? [modules.get(module) ?? module, name];
}

function makeTables(): Tables {
  const { modules: forwardModules, names: forwardNames } = importTables();
  const modules = new Map<string, string>();
  const names = new Map<string, readonly [string, string]>();
  for (const [old, now] of forwardModules) if (!NOT_MODULES.has(old)) modules.set(now, old);
  for (const [old, entries] of forwardNames) {
    for (const [name, [module, newName]] of entries) {
      if (!NOT_NAMES.has(`${old} ${name}`)) names.set(`${module} ${newName}`, [old, name]);
    }
  }
  const more = wordsOf(MORE_MODULES);
  for (let i = 0; i < more.length; i += 2) modules.set(more[i]!, more[i + 1]!);
  const rows = wordsOf(MORE_NAMES);
  for (let i = 0; i < rows.length; i += 4) names.set(`${rows[i]} ${rows[i + 1]}`, [rows[i + 2]!, rows[i + 3]!]);
  for (const name of wordsOf(OS_ERRORS)) names.set(`builtins ${name}`, ['exceptions', 'OSError']);
  for (const name of wordsOf(IMPORT_ERRORS)) names.set(`builtins ${name}`, ['exceptions', 'ImportError']);
  return { modules, names };
}

const wordsOf = (text: string): string[] => text.trim().split(/\s+/);
