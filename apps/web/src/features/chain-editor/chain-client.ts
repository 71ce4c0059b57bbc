import type { ChainAnswer, ChainQuestion } from './inspector';
import type { FromInspector, ToInspector } from './inspector-messages';

interface Waiting {
  readonly resolve: (answer: ChainAnswer) => void;
  readonly reject: (fault: Error) => void;
}

/** A worker that computes chains, each for rows of its own. It starts at the first question. */
export class ChainClient {
  private worker: Worker | undefined;
  private asked = 0;
  private readonly waiting = new Map<number, Waiting>();

  /** @param bytes rows as bytes of a record batch */
  ask(question: ChainQuestion, bytes: ArrayBuffer): Promise<ChainAnswer> {
    const worker = (this.worker ??= this.start());
    this.asked += 1;
    const id = this.asked;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.postMessage({ kind: 'rows', bytes, joined: [] } satisfies ToInspector);
      worker.postMessage({ kind: 'ask', id, question } satisfies ToInspector);
    });
  }

  close(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.failAll('The page was left.');
  }

  private start(): Worker {
    const worker = new Worker(new URL('./inspector.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<FromInspector>) => {
      if (data.kind === 'ready') return;
      if (data.kind === 'fault' && data.id === null) {
        this.failAll(data.message);
        return;
      }
      if (data.id === null) return;
      const one = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if (data.kind === 'answer') one?.resolve(data.answer);
      else one?.reject(new Error(data.message));
    });
    worker.addEventListener('error', ({ message }) => {
      this.failAll(message === '' ? 'The kernels could not be started.' : message);
    });
    return worker;
  }

  private failAll(message: string): void {
    const open = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of open) reject(new Error(message));
  }
}
