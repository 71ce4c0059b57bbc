/** Runs tasks one after the other, in the order of asking. */
export class Mutex {
  private tail: Promise<unknown> = Promise.resolve();

  /** Runs a task when all before it are done; its failure is its caller's alone. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.tail.then(task);
    this.tail = result.catch(() => undefined);
    return result;
  }
}
