/** The sentences of containers' errors: apart, so that a decoder of plain pickles does not hold them. */
import type { ErrorCode } from './errors.ts';

export const CONTAINER_TEXTS: Readonly<Partial<Record<ErrorCode, string>>> = {
  UNSUPPORTED_CONTAINER: 'The container holds no pickle that could be found, or is of a kind that is not read here.',
  CONTAINER_TRUNCATED: 'The compressed data or the archive was cut short: fetch it again.',
  CONTAINER_CORRUPT: 'The compressed data or the archive is damaged: fetch it again.',
  CONTAINER_CHECKSUM: 'A checksum does not fit the data. It is damaged: fetch it again.',
  TRAILING_DATA: 'Something else lies behind the data. Cut it off, or read the parts one by one.',
  ZIP_OVERLAP: 'Members of the zip archive lie within each other. No honest archive is made so.',
  ZIP_SIZE_MISMATCH: 'A member of the zip archive is not as long as the archive says.',
  ZIP_DUPLICATE_NAME: 'The archive has two members of one name: which is meant cannot be told.',
  ZIP_BAD_OFFSET: 'The zip archive points outside of itself. It was cut short or is damaged.',
  INVALID_HEADER: 'The header of the file is not what the format says. It is damaged: fetch it again.',
  LIMIT_INFLATED:
    'Compressed data becomes more than limits.maxInflatedBytes or limits.maxInflateRatio allow. Raise them if you trust it.',
  LIMIT_CONTAINERS: 'More containers lie within each other than limits.maxContainers.',
  LIMIT_ZIP_ENTRIES: 'An archive has more entries than limits.maxArchiveEntries.',
};
