import { Readable } from 'node:stream';
import { AppError, type endpoints, type InputOf, type ResponseOf } from '@countroom/contracts';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DatasetsService } from '../data/datasets/datasets.service.js';
import { explainReading } from '../data/reading/explain-reading.js';
import { ReadingError } from '../data/reading/readings.js';
import { placeOf, SkimService } from '../skim/skim.service.js';
import type { RowFileAsk } from './row-file-ask.js';
import { RowFileThread } from './row-file-thread.js';

type RowFiles = typeof endpoints.rowFiles;

export interface RowFile {
  /** As it is called where it is saved. */
  readonly name: string;
  readonly bytes: Readable;
}

/** Files that are made at a time; whoever takes one slowly holds a thread that rests. */
const mostAtOnce = 4;

/** Rows of queries and tables as files that are made while they are sent. */
@Injectable()
export class RowFilesService implements OnApplicationShutdown {
  private readonly log = new Logger('row-files');
  private readonly threads = new Set<RowFileThread>();

  constructor(
    private readonly skim: SkimService,
    private readonly datasets: DatasetsService,
  ) {}

  /** A browser cannot say why a download was refused: whoever begins one there asks before. */
  room(): ResponseOf<RowFiles['room']> {
    return { making: this.threads.size, most: mostAtOnce };
  }

  async query(
    { runs, query, format }: InputOf<RowFiles['query']>['query'],
    gone: AbortSignal,
  ): Promise<RowFile> {
    const files = await this.skim.filesOf(runs, query);
    const [{ detector, number }, ...others] = runs as [(typeof runs)[number], ...typeof runs];
    const more = others.length === 0 ? '' : `-and-${others.length}-more`;
    const ask = { about: 'query', format, query, runs: files } as const;
    const bytes = await this.begin(ask, placeOf(runs).name, gone);
    return { name: `query-${detector}-${number}${more}.${format}`, bytes };
  }

  async table(
    id: string,
    { path, cut, format }: InputOf<RowFiles['table']>['query'],
    gone: AbortSignal,
  ): Promise<RowFile> {
    const dataset = await this.datasets.get(id);
    if (dataset.format !== 'lh5')
      throw new AppError(
        'input.unsupported',
        `${dataset.path} is ${dataset.format}: it holds no tables of LH5.`,
      );
    const file = await this.datasets.file(id);
    const ask = { about: 'table', format, file: file.path, path, cut } as const;
    const bytes = await this.begin(ask, file.name, gone);
    const table = path.replaceAll(/[^\w.-]+/g, '-').replaceAll(/^-|-$/g, '');
    return { name: `${dataset.detector}-${dataset.run}-${table || 'rows'}.${format}`, bytes };
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.threads].map((thread) => thread.stop()));
  }

  /** What is wrong with the question is known when the first part is there: until then nothing is sent. */
  private async begin(ask: RowFileAsk, name: string, gone: AbortSignal): Promise<Readable> {
    if (this.threads.size >= mostAtOnce)
      throw new AppError(
        'server.unreachable',
        `${mostAtOnce} files of rows are being made already: wait until one of them is saved, and try again.`,
      );
    if (gone.aborted) throw new AppError('request.invalid', 'The request was given up.');
    const thread = new RowFileThread(ask);
    this.threads.add(thread);
    const stop = async (): Promise<void> => {
      this.threads.delete(thread);
      await thread.stop();
    };
    gone.addEventListener('abort', () => void stop(), { once: true });
    try {
      const first = await thread.next();
      return Readable.from(this.parts(thread, first, name, stop), { objectMode: false });
    } catch (error) {
      await stop();
      throw error instanceof ReadingError ? explainReading(error, name, this.log) : error;
    }
  }

  private async *parts(
    thread: RowFileThread,
    first: Uint8Array | undefined,
    name: string,
    stop: () => Promise<void>,
  ): AsyncGenerator<Uint8Array> {
    try {
      for (let part = first; part !== undefined; part = await thread.next()) yield part;
    } catch (error) {
      if (error instanceof ReadingError)
        this.log.warn(`A file of rows of ${name} broke off: ${error.message}`);
      throw error;
    } finally {
      await stop();
    }
  }
}
