import type { Intent, IntentEventKind } from '../store/intents.repository.js';
import type { Reports } from '../store/reports.js';

/** An accepted command on its way; numbers its events after the acknowledgement, which is number 0. */
export class IntentWork {
  private sequence = 0;
  private done = false;

  constructor(
    readonly intent: Intent,
    private readonly reports: Reports,
  ) {}

  progress(message: string): void {
    this.add('progress', message);
  }

  complete(message: string, result?: unknown): void {
    this.finish('completed', message, result);
  }

  fail(message: string): void {
    this.finish('failed', message);
  }

  refuse(message: string): void {
    this.finish('refused', message);
  }

  private finish(kind: IntentEventKind, message: string, result?: unknown): void {
    if (this.done) return;
    this.done = true;
    this.add(kind, message, result);
  }

  private add(kind: IntentEventKind, message: string, result?: unknown): void {
    this.sequence++;
    const event = { sequence: this.sequence, kind, message };
    this.reports.intent(this.intent.id, result === undefined ? event : { ...event, result });
  }
}
