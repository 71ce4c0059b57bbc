import type { Lease } from '../../../platform/database/lease.repository.js';
import type { OwnedDetector } from '../store/acquisition-detectors.repository.js';
import type { AcquisitionIntentsRepository, Intent } from '../store/intents.repository.js';
import type { Reconciler } from './reconciler.js';
import type { SourceCommands } from './source-commands.js';

export interface IntentReaderOptions {
  readonly detector: OwnedDetector;
  readonly lease: Lease;
  readonly intents: AcquisitionIntentsRepository;
  readonly reconciler: Reconciler;
  readonly commands: SourceCommands;
  readonly onError: (error: unknown) => void;
}

/** Takes accepted commands from the database, in order, each once. */
export class IntentReader {
  private reading = false;
  private again = false;
  private stopped = false;

  constructor(private readonly options: IntentReaderOptions) {}

  /** Something may be there. */
  wake(): void {
    this.again = true;
    if (this.reading || this.stopped) return;
    this.reading = true;
    void this.readAll()
      .catch(this.options.onError)
      .finally(() => {
        this.reading = false;
      });
  }

  stop(): void {
    this.stopped = true;
  }

  private async readAll(): Promise<void> {
    while (this.again) {
      this.again = false;
      for (const intent of await this.options.intents.pending(this.options.detector.id)) {
        if (this.stopped) return;
        await this.take(intent);
      }
    }
  }

  private async take(intent: Intent): Promise<void> {
    const { intents, lease, detector, reconciler, commands } = this.options;
    const result = await intents.take(lease, detector.id, intent.id);
    if (result === 'gone') return;
    if (result === 'stale-baton') {
      reconciler.refuse(intent, 'The baton has changed hands since this was asked for; ask its holder.');
      return;
    }
    const { order } = intent;
    if (order.kind === 'run') reconciler.accept(intent, order.command, order.run, order.reason);
    else if (order.kind === 'source') commands.accept(intent, order);
    else reconciler.refuse(intent, `This acquisition process does not know the command ${order.command}.`);
  }
}
