import { AppError, type ErrorCode } from '@countroom/contracts';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { ReadingPool } from './reading-pool.js';
import { type AllReadings, ReadingError, type ReadingFault } from './readings.js';

const codes: Readonly<Record<ReadingFault['code'], ErrorCode>> = {
  'file-missing': 'gone',
  'object-missing': 'not-found',
  'argument-invalid': 'request.invalid',
  'cut-invalid': 'request.invalid',
  'options-invalid': 'request.invalid',
  'file-damaged': 'input.invalid',
  'datatype-invalid': 'input.invalid',
  'data-inconsistent': 'input.invalid',
  'data-mismatch': 'input.invalid',
  'io-failed': 'input.invalid',
  ended: 'input.invalid',
  late: 'server.unreachable',
  busy: 'server.unreachable',
  internal: 'internal',
  'file-exists': 'internal',
  'object-exists': 'internal',
  closed: 'internal',
};

/** Looks into LH5 files and recordings in threads of their own: HDF5 computes without letting anything else run. */
@Injectable()
export class ReadingService implements OnApplicationShutdown {
  private readonly log = new Logger('reading');
  private readonly pool = new ReadingPool();

  /** `name` stands for the file in what people are told. */
  async read<K extends keyof AllReadings>(
    kind: K,
    file: { readonly path: string; readonly name: string },
    ask: AllReadings[K]['ask'],
  ): Promise<AllReadings[K]['answer']> {
    try {
      return await this.pool.read(kind, file.path, ask);
    } catch (error) {
      throw error instanceof ReadingError ? this.explain(error, file.name) : error;
    }
  }

  onApplicationShutdown(): Promise<void> {
    return this.pool.close();
  }

  private explain(error: ReadingError, name: string): Error {
    const { code, reason, object, position, issues = [] } = error.fault;
    if (position !== undefined) {
      return new AppError('request.invalid', `The cut cannot be used: ${reason}.`, {
        issues: [{ path: `query.cut.${position}`, message: reason }],
        cause: error,
      });
    }
    if (code === 'internal' || code === 'ended') this.log.error(`${name} could not be read: ${reason}`);
    if (codes[code] === 'internal') return error;
    const place = object === undefined || object === '' ? name : `${name}, object ${object}`;
    const what = code === 'ended' ? `the file could not be read: ${reason}` : reason;
    return new AppError(codes[code], `${place}: ${what}`, { issues, cause: error });
  }
}
