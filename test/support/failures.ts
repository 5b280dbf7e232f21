import { expect } from 'vitest';

/** Gathers what went wrong over a table of rows, so that one test can stand for thousands of them. */
export class Failures {
  private readonly lines: string[] = [];
  private checked = 0;

  /** Counts one check; `problem` says what is wrong with it, or is null. */
  note(id: string, problem: string | null): void {
    this.checked++;
    if (problem !== null) this.lines.push(`${id}: ${problem.length > 600 ? `${problem.slice(0, 600)} ...` : problem}`);
  }

  /** Fails with the first 20 problems. A table of no rows fails too: it proves nothing. */
  report(): void {
    expect(this.checked, 'rows checked').toBeGreaterThan(0);
    if (this.lines.length === 0) return;
    const shown = this.lines.slice(0, 20).join('\n  ');
    expect.fail(`${this.lines.length} of ${this.checked} checks failed:\n  ${shown}`);
  }
}
