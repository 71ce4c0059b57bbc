import type { QueueJobName, QueueJobPayload } from '@countroom/contracts';

export interface EnqueueOptions {
  /** Adding an id that the queue still knows does nothing: `<job uuid>.<attempt>` is new with each attempt. */
  readonly id: string;
  /** 0 (last) to 100 (first); jobs of the same priority in the order they came. */
  readonly priority?: number;
}

export interface QueueCounts {
  readonly name: QueueJobName;
  readonly waiting: number;
  readonly active: number;
  readonly failed: number;
}

/**
 * Where work waits. Delivery is at least once, and the queue knows nothing of results: the job table is the
 * truth, dependencies included. Also the token it is injected by.
 */
export abstract class JobQueue {
  abstract enqueue<N extends QueueJobName>(
    name: N,
    payload: QueueJobPayload<N>,
    options: EnqueueOptions,
  ): Promise<void>;

  /** Takes a waiting job out. False when it is not there, or is running and must be told itself. */
  abstract remove(name: QueueJobName, id: string): Promise<boolean>;

  abstract counts(): Promise<readonly QueueCounts[]>;

  abstract close(): Promise<void>;
}

export interface JobContext {
  readonly id: string;
  /** 1 at first; larger when a worker died over it and it was given out again. */
  readonly delivery: number;
  /** Aborted when the worker is stopping, or no longer owns the job. */
  readonly signal: AbortSignal;
}

/** What is done for one job name. Throwing marks the queue's entry failed; it is not tried again by the queue. */
export interface JobProcessor<N extends QueueJobName = QueueJobName> {
  readonly jobName: N;
  process(payload: QueueJobPayload<N>, context: JobContext): Promise<void>;
  /** Workers died over it too often, or its payload makes no sense: it will not be given out again. */
  abandoned(id: string, reason: string): Promise<void>;
}
