/** Zones of dateutil: fixed ones, that of the machine, and those of a file of the time zone data. */
import { fieldsOf } from './arguments.ts';
import { PyTimeDelta } from './spans.ts';
import { PyZoneInfo, type WallClock, type Zone } from './zones.ts';

export type DateutilKind = 'tzoffset' | 'tzlocal' | 'tzfile';

/** Where the name of a zone begins in the path of its file. */
const NAME = /(?:^|zoneinfo\/)(?:posix\/|right\/)?([A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)*)$/;

/** A zone of module dateutil.tz. Of a file the offsets are those that JavaScript knows for the zone's name. */
export class PyDateutilZone implements Zone {
  readonly kind: DateutilKind;
  /** What the pickle calls the class with: of a file None, or what is read from it, and its path. */
  readonly args: readonly unknown[];
  /** What the pickle sets the attributes to. */
  state: unknown = null;
  #zone: PyZoneInfo | undefined;

  constructor(kind: DateutilKind, args: readonly unknown[]) {
    this.kind = kind;
    this.args = args;
  }

  /** The path of a file; the name of a fixed zone; null where there is none. */
  get name(): string | null {
    const fields = fieldsOf(this.state);
    const told = this.kind === 'tzfile' ? (fields?.get('_filename') ?? this.args[1]) : fields?.get('_name');
    return typeof told === 'string' ? told : null;
  }

  /** Undefined where it depends on a clock that is not given, or on rules that the pickle does not name. */
  utcOffset(at?: WallClock): PyTimeDelta | undefined {
    if (this.kind === 'tzfile') {
      const key = NAME.exec(this.name ?? '')?.[1];
      return key === undefined ? undefined : (this.#zone ??= new PyZoneInfo(key)).utcOffset(at);
    }
    const fields = fieldsOf(this.state);
    const offset = fields?.get(this.kind === 'tzoffset' ? '_offset' : '_std_offset');
    const isFixed = this.kind === 'tzoffset' || fields?.get('_hasdst') === false;
    return isFixed && offset instanceof PyTimeDelta ? offset : undefined;
  }

  /** As Python's repr. */
  toString(): string {
    const { kind, name } = this;
    const text = name === null ? 'None' : `'${name}'`;
    if (kind === 'tzoffset') return `tzoffset(${text}, ${this.utcOffset()?.totalSeconds() ?? 'None'})`;
    return kind === 'tzlocal' ? 'tzlocal()' : `tzfile(${text})`;
  }

  toJSON(): string {
    return this.toString();
  }
}
