/** The families of types, one file each: what the package knows by itself. */
import type { TypeFamily } from '../spec/options.ts';
import { arrays } from './arrays.ts';
import { builtins } from './builtins.ts';
import { collections } from './collections.ts';
import { copyreg } from './copyreg.ts';
import { datetime } from './datetime.ts';
import { exceptions } from './exceptions.ts';
import { identifiers } from './identifiers.ts';
import { numbers } from './numbers.ts';
import { numpyMore } from './numpy-more.ts';
import { numpyRandom } from './numpy-random.ts';
import { numpy } from './numpy.ts';
import { pandasArrays } from './pandas-arrays.ts';
import { pandasScalars } from './pandas-scalars.ts';
import { pandas } from './pandas.ts';
import { pyarrowTables } from './pyarrow-tables.ts';
import { pyarrow } from './pyarrow.ts';
import { polars } from './polars.ts';
import { scipy } from './scipy.ts';
import { sklearn } from './sklearn.ts';
import { networkx } from './networkx.ts';
import { xarray } from './xarray.ts';
import { shapely } from './shapely.ts';
import { timezones } from './timezones.ts';
import { torch } from './torch.ts';
import { typeHints } from './typing.ts';

export const FAMILIES: readonly TypeFamily[] = [
  builtins,
  copyreg,
  datetime,
  timezones,
  numbers,
  identifiers,
  collections,
  exceptions,
  typeHints,
  arrays,
  numpy,
  numpyRandom,
  numpyMore,
  pandas,
  pandasArrays,
  pandasScalars,
  pyarrow,
  pyarrowTables,
  polars,
  torch,
  scipy,
  sklearn,
  networkx,
  xarray,
  shapely,
];

export {
  arrays,
  builtins,
  collections,
  copyreg,
  datetime,
  exceptions,
  identifiers,
  networkx,
  numbers,
  numpy,
  numpyMore,
  numpyRandom,
  pandas,
  pandasArrays,
  pandasScalars,
  polars,
  pyarrow,
  pyarrowTables,
  scipy,
  shapely,
  sklearn,
  timezones,
  torch,
  typeHints,
  xarray,
};
