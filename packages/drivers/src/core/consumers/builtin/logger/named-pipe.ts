import { closeSync, constants, openSync, statSync, writeSync } from 'node:fs';

/** Errors of a pipe that nobody reads, or not fast enough. */
const harmless = new Set(['ENXIO', 'EAGAIN', 'EPIPE']);

/**
 * Writes lines into a named pipe that exists. Never waits: without a reader, or with one that is too slow, a line is
 * lost and counted.
 */
export class NamedPipe {
  /** Lines that nobody took. */
  lost = 0;
  private readonly path: string;
  private descriptor: number | undefined;

  /** Throws a RangeError when the path is no named pipe. */
  constructor(path: string) {
    if (statSync(path, { throwIfNoEntry: false })?.isFIFO() !== true)
      throw new RangeError(`pipe: ${path} is no named pipe; make it with mkfifo`);
    this.path = path;
  }

  /** Hands a line to whoever reads; an empty one tells the end. */
  write(line: string): void {
    try {
      this.descriptor ??= openSync(this.path, constants.O_WRONLY | constants.O_NONBLOCK);
      writeSync(this.descriptor, `${line}\n`);
    } catch (thrown) {
      const { code = '' } = thrown as NodeJS.ErrnoException;
      if (!harmless.has(code)) throw thrown;
      this.lost += 1;
      if (code === 'EPIPE') this.close();
    }
  }

  /** Lets go of the pipe. */
  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }
}
