/** Values of xarray's types. */
export { XrDataArray, XrDataset } from './dataset.ts';
export { XrVariable } from './variable.ts';
