import { describe, expect, it } from 'vitest';
import { importTables, mapImport } from '../../src/spec/imports.ts';
import { readJson } from '../support/json-lines.ts';
import { NO_SHARED, shared } from '../support/places.ts';

const sorted = (rows: readonly (readonly string[])[]): string[] => rows.map((row) => row.join(' ')).sort();

describe('fix_imports', () => {
  it.each([
    ['__builtin__', 'xrange', 'builtins', 'range'],
    ['__builtin__', 'int', 'builtins', 'int'],
    ['copy_reg', '_reconstructor', 'copyreg', '_reconstructor'],
    ['exceptions', 'ValueError', 'builtins', 'ValueError'],
    ['exceptions', 'StandardError', 'builtins', 'Exception'],
    ['exceptions', 'NoSuchError', 'exceptions', 'NoSuchError'],
    ['UserDict', 'IterableUserDict', 'collections', 'UserDict'],
    ['urllib2', 'HTTPError', 'urllib.error', 'HTTPError'],
    ['urllib2', 'Request', 'urllib.request', 'Request'],
    ['builtins', 'int', 'builtins', 'int'],
    ['__proto__', '__proto__', '__proto__', '__proto__'],
    ['__builtin__', 'constructor', 'builtins', 'constructor'],
    ['__builtin__ xrange', '', '__builtin__ xrange', ''],
  ])('%s.%s', (module, name, newModule, newName) => {
    expect(mapImport(module, name)).toEqual([newModule, newName]);
  });

  const path = shared('vectors', 'compat.json');
  it.skipIf(path === null)(`has CPython's tables, no less and no more${path === null ? ` (${NO_SHARED})` : ''}`, () => {
    const { read } = readJson(path!) as { read: { names: string[][]; modules: string[][] } };
    const names: string[][] = [];
    for (const [module, of] of importTables().names) {
      for (const [name, [newModule, newName]] of of) names.push([module, name, newModule, newName]);
    }
    expect(sorted(names)).toEqual(sorted(read.names));
    expect(sorted([...importTables().modules])).toEqual(sorted(read.modules));
  });
});
