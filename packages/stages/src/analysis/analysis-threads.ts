import { Worker } from 'node:worker_threads';
import type { AnalysisAnswer } from './analysis.worker.js';
import type { TableResult } from './report-objects.js';
import { type AnalysisName, type AnalysisTask, analyse } from './table-analyses.js';

/** Built code, also when this file itself is run from source. */
const workerFile = new URL(
  import.meta.url.includes('/src/') ? '../../dist/analysis/analysis.worker.js' : './analysis.worker.js',
  import.meta.url,
);

/** Analyses of tables in so many threads at once; one thread is the calling one. */
export class AnalysisThreads {
  private readonly idle: Worker[] = [];
  private readonly all = new Set<Worker>();

  constructor(private readonly threads: number) {}

  /**
   * The result of a task, whose values are given away. Rejects with what the analysis throws, and with an Error when a
   * thread dies. At most as many tasks as there are threads are to be under way.
   */
  run<Name extends AnalysisName>(task: AnalysisTask<Name>): Promise<TableResult> {
    if (this.threads <= 1) return Promise.resolve().then(() => analyse(task));
    const worker = this.idle.pop() ?? this.start();
    return new Promise((resolve, reject) => {
      const onMessage = (answer: AnalysisAnswer): void => {
        leave();
        this.idle.push(worker);
        if ('result' in answer) resolve(answer.result);
        else reject(answer.error instanceof Error ? answer.error : new Error(String(answer.error)));
      };
      const onError = (error: Error): void => {
        leave();
        reject(error);
      };
      const onExit = (): void => onError(new Error('A thread of the analysis has ended.'));
      const leave = (): void => {
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      };
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      const buffers = new Set([...task.columns.values()].map(({ buffer }) => buffer as ArrayBuffer));
      worker.postMessage(task, [...buffers]);
    });
  }

  /** Ends all threads, also those at work. */
  async close(): Promise<void> {
    await Promise.all([...this.all].map((worker) => worker.terminate()));
  }

  private start(): Worker {
    const worker = new Worker(workerFile);
    this.all.add(worker);
    return worker;
  }
}
