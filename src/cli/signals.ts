/** A command that is told to end takes its half-written file back first. */
import type { Sink } from '../encode/destination.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Waits for signals that end the command, from when it is made until it is stopped. */
export class SignalWatch {
  /** The command ends: what fails now is of no interest. */
  isEnding = false;
  readonly #opening: Promise<Sink>;
  readonly #listener = (signal: NodeJS.Signals): void => void this.#end(signal);

  /** @param opening the file that is about to be there: no signal comes in between */
  constructor(opening: Promise<Sink>) {
    this.#opening = opening;
    for (const signal of SIGNALS) process.once(signal, this.#listener);
  }

  stop(): void {
    for (const signal of SIGNALS) process.removeListener(signal, this.#listener);
  }

  /** The signal comes again when nobody listens, so that whoever started the command sees by what it ended. */
  async #end(signal: NodeJS.Signals): Promise<void> {
    this.isEnding = true;
    this.stop();
    await this.#opening.then((sink) => sink.failed(new Error(signal))).catch(() => undefined);
    process.kill(process.pid, signal);
  }
}
