/** xarray's data arrays and datasets. */
import { lazyJson } from '../../spec/lazy-json.ts';
import { refuse } from '../../arrays/refuse.ts';
import { setOwn } from '../../values/dicts.ts';
import { entriesOf } from '../stdlib/arguments.ts';
import { attributesOf } from './labels.ts';
import { XrVariable } from './variable.ts';

type Variables = ReadonlyMap<unknown, XrVariable>;

function variablesOf(dict: unknown): Variables {
  const entries = entriesOf(dict);
  if (entries === undefined) refuse('The variables of an xarray object are no dict.');
  return new Map(
    entries.map(([name, variable]) => {
      if (!(variable instanceof XrVariable)) refuse('A variable of an xarray object is none.');
      return [name, variable];
    }),
  );
}

const jsonOf = (variables: Variables): Record<string, unknown> => recordOf(variables, (one) => one.toJSON());
const lazyOf = (variables: Variables): Record<string, unknown> => recordOf(variables, (one) => one[lazyJson]());

function recordOf(variables: Variables, json: (variable: XrVariable) => unknown): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [name, variable] of variables) setOwn(record, String(name), json(variable));
  return record;
}

/** An xarray.DataArray: a variable and its coordinates. */
export class XrDataArray {
  /** Null where it has none. */
  name: unknown = null;
  variable = new XrVariable();
  coords: Variables = new Map();

  get dims(): readonly unknown[] {
    return this.variable.dims;
  }

  get attrs(): unknown {
    return this.variable.attrs;
  }

  /** As a variable's. */
  get data(): unknown {
    return this.variable.data;
  }

  get shape(): readonly number[] | undefined {
    return this.variable.shape;
  }

  /** @throws PickleError INVALID_STATE */
  setState(state: unknown): void {
    const fields = attributesOf(state);
    const variable = fields?.get('_variable');
    if (!(variable instanceof XrVariable)) refuse('The state of an xarray data array has no variable.');
    this.variable = variable;
    this.name = fields?.get('_name') ?? null;
    this.coords = variablesOf(fields?.get('_coords') ?? {});
  }

  /** As xarray's to_dict. */
  toJSON(): unknown {
    return { ...(this.variable.toJSON() as object), coords: jsonOf(this.coords), name: this.name };
  }

  /** As toJSON. */
  [lazyJson](): unknown {
    return { ...(this.variable[lazyJson]() as object), coords: lazyOf(this.coords), name: this.name };
  }
}

/** An xarray.Dataset: variables that share dimensions, by their names. */
export class XrDataset {
  /** A dict, as the decode has dicts. */
  attrs: unknown = {};
  /** Data variables and coordinates. */
  variables: Variables = new Map();
  #coordNames: ReadonlySet<unknown> = new Set();

  /** The lengths of the dimensions, by their names. */
  get dims(): ReadonlyMap<unknown, number> {
    const lengths = new Map<unknown, number>();
    for (const { dims, shape } of this.variables.values()) {
      dims.forEach((name, axis) => {
        if (shape?.[axis] !== undefined) lengths.set(name, shape[axis]);
      });
    }
    return lengths;
  }

  get coords(): Variables {
    return new Map([...this.variables].filter(([name]) => this.#coordNames.has(name)));
  }

  get dataVars(): Variables {
    return new Map([...this.variables].filter(([name]) => !this.#coordNames.has(name)));
  }

  get(name: unknown): XrVariable | undefined {
    return this.variables.get(name);
  }

  /** @throws PickleError INVALID_STATE */
  setState(state: unknown): void {
    const fields = attributesOf(state);
    const names = fields?.get('_coord_names') ?? new Set();
    if (!(names instanceof Set)) refuse('The state of an xarray dataset has no names of coordinates.');
    this.variables = variablesOf(fields?.get('_variables'));
    this.attrs = fields?.get('_attrs') ?? {};
    this.#coordNames = new Set<unknown>(names);
  }

  /** As xarray's to_dict. */
  toJSON(): unknown {
    return { coords: jsonOf(this.coords), attrs: this.attrs, dims: this.#lengths(), data_vars: jsonOf(this.dataVars) };
  }

  /** As toJSON. */
  [lazyJson](): unknown {
    return { coords: lazyOf(this.coords), attrs: this.attrs, dims: this.#lengths(), data_vars: lazyOf(this.dataVars) };
  }

  #lengths(): Record<string, number> {
    const dims: Record<string, number> = {};
    for (const [name, length] of this.dims) setOwn(dims, String(name), length);
    return dims;
  }
}
