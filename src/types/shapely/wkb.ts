/** Well-known binary: how geometries are written by OGC's simple features, in its own form and that of PostGIS. */
import { refuse } from '../../arrays/refuse.ts';

export type GeometryType =
  'Point' | 'LineString' | 'Polygon' | 'MultiPoint' | 'MultiLineString' | 'MultiPolygon' | 'GeometryCollection';

/** A point's numbers, points, or lists of them; undefined of a point that is nowhere. */
export type Coordinates = readonly number[] | readonly Coordinates[];

export interface GeometryParts {
  readonly type: GeometryType;
  readonly hasZ: boolean;
  readonly hasM: boolean;
  /** The number of the reference system; 0 where none was told. */
  readonly srid: number;
  /** Of a point its numbers, none of an empty one; of a line points; of a polygon rings of points. */
  readonly coordinates: Coordinates;
  /** What a geometry of several is made of; empty of others. */
  readonly parts: readonly GeometryParts[];
}

const TYPES: readonly GeometryType[] = [
  'Point',
  'LineString',
  'Polygon',
  'MultiPoint',
  'MultiLineString',
  'MultiPolygon',
  'GeometryCollection',
];

/** Levels of geometries within geometries. */
const MAX_DEPTH = 32;
/** Bytes of the smallest geometry: byte order, type, count. */
const LEAST_GEOMETRY = 9;

/** @throws PickleError INVALID_STATE where the bytes are no geometry */
export function readWkb(bytes: Uint8Array): GeometryParts {
  const reader = new Reader(bytes);
  const geometry = readGeometry(reader, 1);
  if (reader.rest > 0) refuse('Bytes follow a geometry.');
  return geometry;
}

class Reader {
  readonly #view: DataView;
  #at = 0;
  isLittle = true;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get rest(): number {
    return this.#view.byteLength - this.#at;
  }

  byte(): number {
    return this.#view.getUint8(this.#skip(1));
  }

  word(): number {
    return this.#view.getUint32(this.#skip(4), this.isLittle);
  }

  double(): number {
    return this.#view.getFloat64(this.#skip(8), this.isLittle);
  }

  /** A count of things that take so many bytes at least. */
  count(size: number): number {
    const count = this.word();
    if (count > Math.floor(this.rest / size)) refuse('A geometry tells of more than its bytes hold.');
    return count;
  }

  #skip(size: number): number {
    if (size > this.rest) refuse('A geometry ends too early.');
    const at = this.#at;
    this.#at += size;
    return at;
  }
}

function readGeometry(reader: Reader, depth: number): GeometryParts {
  if (depth > MAX_DEPTH) refuse(`A geometry is more than ${MAX_DEPTH} levels deep.`);
  const order = reader.byte();
  if (order > 1) refuse('The byte order of a geometry is not known.');
  reader.isLittle = order === 1;
  const word = reader.word();
  // PostGIS has flags in the highest bits; the standard adds thousands.
  const code = word & 0x1fff_ffff;
  const thousands = Math.floor(code / 1000);
  const type = TYPES[(code % 1000) - 1];
  if (type === undefined || thousands > 3) refuse('The type of a geometry is not known.');
  const hasZ = (word & 0x8000_0000) !== 0 || thousands === 1 || thousands === 3;
  const hasM = (word & 0x4000_0000) !== 0 || thousands >= 2;
  const srid = (word & 0x2000_0000) === 0 ? 0 : reader.word();
  const dimensions = 2 + Number(hasZ) + Number(hasM);
  const own = { type, hasZ, hasM, srid };
  if (type === 'Point') {
    const point = readPoint(reader, dimensions);
    return { ...own, coordinates: point.every(Number.isNaN) ? [] : point, parts: [] };
  }
  if (type === 'LineString') return { ...own, coordinates: readPoints(reader, dimensions), parts: [] };
  if (type === 'Polygon') {
    const coordinates = times(reader.count(4), () => readPoints(reader, dimensions));
    return { ...own, coordinates, parts: [] };
  }
  const parts = times(reader.count(LEAST_GEOMETRY), () => {
    const part = readGeometry(reader, depth + 1);
    reader.isLittle = order === 1;
    return part;
  });
  const wanted = type === 'GeometryCollection' ? undefined : type.slice('Multi'.length);
  if (parts.some((part) => wanted !== undefined && part.type !== wanted)) refuse(`A ${type} has other parts.`);
  return { ...own, coordinates: [], parts };
}

const readPoint = (reader: Reader, dimensions: number): number[] => times(dimensions, () => reader.double());

const readPoints = (reader: Reader, dimensions: number): number[][] =>
  times(reader.count(8 * dimensions), () => readPoint(reader, dimensions));

function times<T>(count: number, make: () => T): T[] {
  const items: T[] = [];
  for (let i = 0; i < count; i++) items.push(make());
  return items;
}
