import { Worker } from 'node:worker_threads';
import { type StageThreadData, type StageThreadMessage, stopMessage } from './stage-thread.protocol.js';

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
const entry = new URL(
  import.meta.url.includes('/src/')
    ? '../../../dist/features/jobs/process/stage.worker.js'
    : './stage.worker.js',
  import.meta.url,
);

/** Runs a stage in a thread of its own: this process stays free to answer. Rejects with the stage's own message. */
export function runStageThread(
  data: StageThreadData,
  listener: StageThreadListener,
  signal: AbortSignal,
): Promise<StageResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(entry, { workerData: data });
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
      worker.postMessage(stopMessage);
      hardStop = setTimeout(() => {
        void worker.terminate();
      }, patienceMs);
    };
    worker.on('message', (message: StageThreadMessage) => {
      switch (message.type) {
        case 'progress':
          listener.onProgress(message);
          return;
        case 'log':
          listener.onLog(message.level, message.text);
          return;
        case 'done':
          settle(() => resolve(message));
          return;
        case 'failed':
          settle(() =>
            reject(message.cancelled ? new StageCancelled(message.message) : new Error(message.message)),
          );
          return;
      }
    });
    worker.on('error', (error) =>
      settle(() => reject(error instanceof Error ? error : new Error(String(error)))),
    );
    worker.on('exit', (code) =>
      settle(() =>
        reject(
          signal.aborted
            ? new StageCancelled('the stage was stopped')
            : new Error(`the stage's thread ended with code ${code}`),
        ),
      ),
    );
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
  });
}
