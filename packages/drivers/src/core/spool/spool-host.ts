import { Worker } from 'node:worker_threads';
import { DriverError, type ErrorFacts, errorFromFacts } from '../errors.js';
import type { Ring } from '../ring/ring.js';
import { workerEntry } from '../worker-entry.js';
import type { SpoolCounters, SpoolHandle, SpoolOptions } from './spool.api.js';
import { SharedSpoolNumbers } from './spool-counters.js';
import type { SpoolFacts } from './spool-writer.js';

/** What a spool's thread is started with. */
export interface SpoolSetup {
  readonly facts: SpoolFacts;
  readonly options: SpoolOptions;
  readonly ring: SharedArrayBuffer;
  readonly consumer: number;
  readonly numbers: SharedArrayBuffer;
}

/** What a spool's thread says. */
export type SpoolMessage =
  | { type: 'ready' }
  | { type: 'lowSpace'; freeBytes: number }
  | { type: 'segmentClosed'; file: string }
  | { type: 'finished' }
  | { type: 'failed'; error: ErrorFacts };

/** What a spool tells by itself. Listeners must not throw. */
export interface SpoolEvents {
  /** Less free than `minFreeBytes`: end the run in order while there still is room. */
  lowSpace?(freeBytes: number): void;
  segmentClosed?(file: string): void;
  /** Writing failed; the ring is held from now on. End the run with a short deadline. */
  fault?(error: DriverError): void;
}

/**
 * Starts a spool in a thread of its own as an obligatory consumer of the ring; call between a source's
 * `prepare` and `start`. Rejects with DriverError `spool-full` or `spool-io` when it cannot begin.
 */
export function startSpool(
  ring: Ring,
  facts: SpoolFacts,
  options: SpoolOptions,
  events: SpoolEvents = {},
): Promise<SpoolHandle> {
  const consumer = ring.attach('spool', { kind: 'obligatory' });
  const numbers = new SharedSpoolNumbers();
  const setup: SpoolSetup = {
    facts,
    options,
    ring: ring.buffer,
    consumer: consumer.id,
    numbers: numbers.buffer,
  };
  const worker = new Worker(workerEntry('./spool.worker.js', import.meta.url), {
    workerData: setup,
    name: `spool ${options.name}`,
  });
  return new Promise((resolve, reject) => {
    worker.once('message', (message: SpoolMessage) => {
      if (message.type === 'ready') resolve(new SpoolHost(worker, ring, numbers, options, events));
      else if (message.type === 'failed') {
        consumer.detach();
        reject(errorFromFacts(message.error));
      }
    });
    worker.once('error', (error) => {
      consumer.detach();
      reject(new DriverError('spool-io', options.folder, error.message, { cause: error }));
    });
  });
}

class SpoolHost implements SpoolHandle {
  private readonly ring: Ring;
  private readonly numbers: SharedSpoolNumbers;
  private readonly options: SpoolOptions;
  private readonly segments: string[] = [];
  private readonly done: Promise<void>;

  constructor(
    worker: Worker,
    ring: Ring,
    numbers: SharedSpoolNumbers,
    options: SpoolOptions,
    events: SpoolEvents,
  ) {
    this.ring = ring;
    this.numbers = numbers;
    this.options = options;
    this.done = new Promise((resolve, reject) => {
      let over = false;
      const fail = (error: DriverError): void => {
        if (over) return;
        over = true;
        reject(error);
        events.fault?.(error);
      };
      worker.on('message', (message: SpoolMessage) => {
        if (message.type === 'finished') {
          over = true;
          resolve();
        }
        if (message.type === 'failed') fail(errorFromFacts(message.error));
        else if (message.type === 'lowSpace') events.lowSpace?.(message.freeBytes);
        else if (message.type === 'segmentClosed') {
          this.segments.push(message.file);
          events.segmentClosed?.(message.file);
        }
      });
      worker.on('exit', () => {
        fail(new DriverError('thread-ended', options.folder, 'the thread of the spool ended without a word'));
      });
      worker.on('error', (error) =>
        fail(new DriverError('spool-io', options.folder, error.message, { cause: error })),
      );
    });
    // A failure is told by the event and again by `finish`.
    this.done.catch(() => undefined);
  }

  get counters(): SpoolCounters {
    const number = (name: Parameters<SharedSpoolNumbers['get']>[0]): bigint => this.numbers.get(name);
    return {
      recordedRows: this.ring.recorded().rows,
      writtenRows: number('writtenRows'),
      durableRows: number('durableRows'),
      writtenBatches: number('writtenBatches'),
      durableBatches: number('durableBatches'),
      writtenBytes: number('writtenBytes'),
      durableBytes: number('durableBytes'),
      closedSegments: this.segments,
      freeBytes: Number(number('freeBytes')),
    };
  }

  async finish(deadlineMs = 60_000): Promise<SpoolCounters> {
    let timer: NodeJS.Timeout | undefined;
    const { folder } = this.options;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(
          new DriverError(
            'deadline',
            folder,
            `the spool in ${folder} was not written out within ${deadlineMs} ms`,
          ),
        );
      }, deadlineMs);
    });
    try {
      await Promise.race([this.done, late]);
    } finally {
      clearTimeout(timer);
    }
    return this.counters;
  }
}
