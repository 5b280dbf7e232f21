/** The errors of containers: offsets are those of the container's own bytes. */
import { pickleError, type PickleError } from '../spec/pickle-error.ts';

/** The data ends too soon. */
export function truncated(what: string, offset: number): PickleError {
  return pickleError('CONTAINER_TRUNCATED', { offset, detail: `The ${what} ends too soon.` });
}

/** The data is not what the format says. */
export function corrupt(what: string, offset: number, cause?: unknown): PickleError {
  return pickleError('CONTAINER_CORRUPT', { offset, detail: `In the ${what}.`, cause });
}

/** A checksum does not fit. */
export function badChecksum(what: string, offset: number): PickleError {
  return pickleError('CONTAINER_CHECKSUM', { offset, detail: `In the ${what}.` });
}

/** Something of another kind lies behind the data. */
export function trailing(what: string, offset: number): PickleError {
  return pickleError('TRAILING_DATA', { offset, detail: `The ${what} ends before this.` });
}

/** A part of a format that is not read here. */
export function unsupported(detail: string, offset = 0): PickleError {
  return pickleError('UNSUPPORTED_CONTAINER', { offset, detail });
}
