import { Worker } from 'node:worker_threads';

/** A thread that waits longer gives its memory back. */
const patienceMs = 20_000;
/** Then another one takes its place, so that nothing that is left behind can pile up. */
const mostRuns = 50;

interface Idle {
  readonly worker: Worker;
  /** Ends the waiting. */
  readonly wake: () => void;
}

/**
 * Threads with their modules loaded: to load them takes most of a second of a core, longer than many jobs do. Those that
 * wait do not keep the process alive.
 */
export class StageThreads {
  private readonly idle: Idle[] = [];
  private readonly runs = new WeakMap<Worker, number>();

  constructor(
    private readonly entry: URL,
    private readonly idleMs = patienceMs,
  ) {}

  /** A thread for one run, at best one that waits. */
  take(): Worker {
    const waiting = this.idle.pop();
    waiting?.wake();
    const worker = waiting?.worker ?? new Worker(this.entry);
    this.runs.set(worker, (this.runs.get(worker) ?? 0) + 1);
    return worker;
  }

  /** Keeps a thread whose run went well for another one. Nobody may listen to it any more. */
  giveBack(worker: Worker): void {
    if ((this.runs.get(worker) ?? 0) >= mostRuns) {
      void worker.terminate();
      return;
    }
    const gone = (): void => {
      this.idle.splice(0, Infinity, ...this.idle.filter((one) => one !== waiting));
      waiting.wake();
      // What it still has to say is of no use to anybody.
      worker.on('error', () => undefined);
      void worker.terminate();
    };
    const timer = setTimeout(gone, this.idleMs).unref();
    const waiting: Idle = {
      worker,
      wake: () => {
        clearTimeout(timer);
        worker.off('exit', gone).off('error', gone);
        worker.ref();
      },
    };
    worker.once('exit', gone).once('error', gone);
    worker.unref();
    this.idle.push(waiting);
  }
}
