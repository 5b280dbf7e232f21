/** Exit codes, as Unix tools have them, and the messages that go with them. */

/** The data is damaged, or asks for what was not given. */
export const EXIT_DATA = 1;
/** Wrong use: of options, or of files that cannot be read. */
export const EXIT_USAGE = 2;

/** Says on stderr what is wrong with a file, and notes the exit code: the highest of all files counts. */
export function complain(file: string, error: unknown): void {
  process.stderr.write(`pickle-wasm: ${file}: ${messageOf(error)}\n`);
  const isOfSystem = error instanceof Error && 'syscall' in error;
  const code = isOfSystem ? EXIT_USAGE : EXIT_DATA;
  process.exitCode = Math.max(Number(process.exitCode ?? 0), code);
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'There is no such file.';
    case 'EISDIR':
      return 'This is a folder, not a file.';
    case 'EACCES':
      return 'This file may not be read by you.';
    default:
      return error.message;
  }
}
