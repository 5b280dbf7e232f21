/** shapely's geometries. */
import type { Coordinates, GeometryParts, GeometryType } from './wkb.ts';

/** A geometry: points, lines, areas, or several of them. */
export class Geometry {
  readonly type: GeometryType | 'LinearRing';
  readonly hasZ: boolean;
  readonly hasM: boolean;
  /** The number of the reference system; 0 where none was told. */
  readonly srid: number;
  /** As GeoJSON has them; empty where the geometry is, and of a GeometryCollection. */
  readonly coordinates: Coordinates;
  /** What a geometry of several is made of; empty of others. */
  readonly geometries: readonly Geometry[];

  constructor(parts: GeometryParts, isRing = false) {
    const { type, hasZ, hasM, srid, coordinates } = parts;
    this.type = isRing ? 'LinearRing' : type;
    this.hasZ = hasZ;
    this.hasM = hasM;
    this.srid = srid;
    this.geometries = parts.parts.map((part) => new Geometry(part));
    const isSeveral = type.startsWith('Multi');
    this.coordinates = isSeveral ? this.geometries.map((geometry) => geometry.coordinates) : coordinates;
  }

  get isEmpty(): boolean {
    return this.geometries.length > 0 ? this.geometries.every(({ isEmpty }) => isEmpty) : this.coordinates.length === 0;
  }

  /** Well-known text, as shapely prints it: `POINT (1.5 0)`. */
  toString(): string {
    const dimensions = `${this.hasZ ? 'Z' : ''}${this.hasM ? 'M' : ''}`;
    const name = this.type.toUpperCase() + (dimensions === '' ? '' : ` ${dimensions}`);
    return `${name} ${this.#body()}`;
  }

  /** GeoJSON, where a ring is a line. */
  toJSON(): unknown {
    if (this.type === 'GeometryCollection') {
      return { type: this.type, geometries: this.geometries.map((geometry) => geometry.toJSON()) };
    }
    return { type: this.type === 'LinearRing' ? 'LineString' : this.type, coordinates: this.coordinates };
  }

  #body(): string {
    if (this.type === 'GeometryCollection') {
      return this.geometries.length === 0 ? 'EMPTY' : `(${this.geometries.map(String).join(', ')})`;
    }
    if (this.type.startsWith('Multi')) {
      return this.geometries.length === 0 ? 'EMPTY' : `(${this.geometries.map((part) => part.#body()).join(', ')})`;
    }
    if (this.coordinates.length === 0) return 'EMPTY';
    return this.type === 'Point' ? `(${this.coordinates.join(' ')})` : textOf(this.coordinates);
  }
}

/** Points, or rings of them. */
function textOf(coordinates: Coordinates): string {
  const texts = coordinates.map((item) => {
    const list = item as Coordinates;
    return typeof list[0] === 'number' ? list.join(' ') : textOf(list);
  });
  return texts.length === 0 ? 'EMPTY' : `(${texts.join(', ')})`;
}
