import type { StageThreadData, StageThreadMessage, StageThreadOrder } from './stage-thread.protocol.js';
import { StageThreads } from './stage-threads.js';

export type StageResult = Extract<StageThreadMessage, { type: 'done' }>;

export interface StageThreadListener {
  onProgress(progress: Extract<StageThreadMessage, { type: 'progress' }>): void;
  onLog(level: 'info' | 'warning' | 'error', text: string): void;
}

/** The work was stopped because somebody asked for it. */
export class StageCancelled extends Error {
  override readonly name = 'StageCancelled';
}

/** Threads get this long to stop by themselves; then they are ended. */
const patienceMs = 3_000;

// Threads run built code, also when this file itself is run from source.
const threads = new StageThreads(
  new URL(
    import.meta.url.includes('/src/')
      ? '../../../dist/features/jobs/process/stage.worker.js'
      : './stage.worker.js',
    import.meta.url,
  ),
);

/** Runs a stage in a thread: this process stays free to answer. Rejects with the stage's own message. */
export function runStageThread(
  data: StageThreadData,
  listener: StageThreadListener,
  signal: AbortSignal,
): Promise<StageResult> {
  return new Promise((resolve, reject) => {
    const worker = threads.take();
    const order = (one: StageThreadOrder): void => worker.postMessage(one);
    let hardStop: NodeJS.Timeout | undefined;
    let settled = false;
    const settle = (finish: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(hardStop);
      signal.removeEventListener('abort', cancel);
      finish();
    };
    const cancel = (): void => {
      order({ type: 'stop' });
      hardStop = setTimeout(() => {
        void worker.terminate();
      }, patienceMs);
    };
    const heard = (message: StageThreadMessage): void => {
      switch (message.type) {
        case 'progress':
          listener.onProgress(message);
          return;
        case 'log':
          listener.onLog(message.level, message.text);
          return;
        case 'done':
          settle(() => {
            worker.off('message', heard).off('error', broke).off('exit', ended);
            threads.giveBack(worker);
            resolve(message);
          });
          return;
        case 'failed':
          settle(() =>
            reject(message.cancelled ? new StageCancelled(message.message) : new Error(message.message)),
          );
          return;
      }
    };
    const broke = (error: unknown): void =>
      settle(() => reject(error instanceof Error ? error : new Error(String(error))));
    const ended = (code: number): void =>
      settle(() =>
        reject(
          signal.aborted
            ? new StageCancelled('the stage was stopped')
            : new Error(`the stage's thread ended with code ${code}`),
        ),
      );
    worker.on('message', heard).on('error', broke).on('exit', ended);
    order({ type: 'run', data });
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
  });
}
