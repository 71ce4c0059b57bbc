import { ReadingThread } from './reading-thread.js';
import { type AllReadings, type AnyQuestion, ReadingError } from './readings.js';

export interface PoolOptions {
  readonly threads: number;
  /** Questions that may wait; beyond it a new one is refused at once. */
  readonly waiting: number;
  /** How long one question may work. */
  readonly timeoutMs: number;
}

const defaults: PoolOptions = { threads: 2, waiting: 64, timeoutMs: 60_000 };

interface Asked {
  readonly question: AnyQuestion;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A few threads that read files, begun when they are needed; one that dies or hangs is replaced. */
export class ReadingPool {
  private threads: ReadingThread[] = [];
  private readonly waiting: Asked[] = [];
  private closed = false;

  constructor(private readonly options: PoolOptions = defaults) {}

  /** Rejects with a ReadingError. */
  read<K extends keyof AllReadings>(
    kind: K,
    file: string,
    ask: AllReadings[K]['ask'],
  ): Promise<AllReadings[K]['answer']> {
    const question = { kind, file, ask } as AnyQuestion;
    return new Promise<unknown>((resolve, reject) => {
      if (this.closed || this.waiting.length >= this.options.waiting) {
        const reason = this.closed ? 'the server is stopping' : 'too many files are being read; try again';
        reject(new ReadingError({ code: 'busy', reason, object: undefined }));
        return;
      }
      this.waiting.push({ question, resolve, reject });
      this.serve();
    }) as Promise<AllReadings[K]['answer']>;
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const { reject } of this.waiting.splice(0))
      reject(new ReadingError({ code: 'busy', reason: 'the server is stopping', object: undefined }));
    await Promise.all(this.threads.map((thread) => thread.stop()));
  }

  private serve(): void {
    this.threads = this.threads.filter((thread) => !thread.isDead);
    while (this.waiting.length > 0) {
      const thread = this.idleThread();
      if (thread === undefined) return;
      const { question, resolve, reject } = this.waiting.shift()!;
      thread
        .ask(question, this.options.timeoutMs)
        .then(resolve, reject)
        .finally(() => this.serve());
    }
  }

  private idleThread(): ReadingThread | undefined {
    if (this.closed) return undefined;
    const idle = this.threads.find((thread) => thread.isIdle && !thread.isDead);
    if (idle !== undefined || this.threads.length >= this.options.threads) return idle;
    const thread = new ReadingThread();
    this.threads.push(thread);
    return thread;
  }
}
