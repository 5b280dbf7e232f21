/** The tellers, one file a family of types; the first that knows a value tells it. */
import type { Teller } from '../teller.ts';
import { base } from './base.ts';
import { inert } from './inert.ts';
import { iterators } from './iterators.ts';
import { olderTexts } from './older-texts.ts';
import { olderInstances } from './older-instances.ts';
import { numpy } from './numpy.ts';
import { pandas } from './pandas.ts';
import { scipy } from './scipy.ts';
import { sklearn } from './sklearn.ts';
import { networkx } from './networkx.ts';
import { pyarrow } from './pyarrow.ts';
import { xarray } from './xarray.ts';
import { shapely } from './shapely.ts';
import { polars } from './polars.ts';
import { stdlib } from './stdlib.ts';
import { torch } from './torch.ts';

export const TELLERS: readonly Teller[] = [
  pandas,
  iterators,
  olderTexts,
  inert,
  olderInstances,
  numpy,
  torch,
  scipy,
  sklearn,
  networkx,
  pyarrow,
  xarray,
  shapely,
  polars,
  stdlib,
  base,
];
