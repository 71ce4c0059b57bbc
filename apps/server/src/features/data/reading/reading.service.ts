import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { explainReading } from './explain-reading.js';
import { ReadingPool } from './reading-pool.js';
import { type AllReadings, ReadingError } from './readings.js';

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
      throw error instanceof ReadingError ? explainReading(error, file.name, this.log) : error;
    }
  }

  onApplicationShutdown(): Promise<void> {
    return this.pool.close();
  }
}
