/** What is written for UUIDs, paths, addresses and patterns. */
import { PyGlobal } from '../../values/py.ts';
import { PyAddress, PyPath, PyPattern, PyUUID } from './identifiers.ts';
import { fixed, instanceOf, type ReducerRow } from './reduce.ts';

const UUID = /* @__PURE__ */ new PyGlobal('uuid', 'UUID');
const COMPILE = /* @__PURE__ */ new PyGlobal('re', '_compile');

export const IDENTIFIER_REDUCERS: readonly ReducerRow[] = [
  fixed(PyUUID, ({ int, isSafe }, context) => {
    const state = isSafe === 'unknown' ? { int } : { int, is_safe: isSafe === 'safe' ? 0 : -1 };
    return instanceOf(UUID, state, context);
  }),
  fixed(PyPath, ({ kind, parts }) => [new PyGlobal('pathlib', kind), parts]),
  fixed(PyAddress, (address) => {
    const { kind, int } = address;
    return [new PyGlobal('ipaddress', kind), [kind === 'IPv4Address' ? int : address.toString()]];
  }),
  fixed(PyPattern, ({ pattern, flags }) => [COMPILE, [pattern, flags]]),
];
