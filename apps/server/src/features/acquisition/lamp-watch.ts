import type { DetectorConfiguration } from '@countroom/contracts';
import type { LampSettings, LampState, StatusLamps } from '@countroom/drivers';

type Lamps = Pick<StatusLamps, 'show' | 'close'>;

/** What lamps are to show of a detector. */
export interface WatchedMachine {
  readonly configuration: { readonly content: Pick<DetectorConfiguration, 'lamps'> } | undefined;
  readonly run: unknown;
  readonly position: { readonly phase: string };
  readonly slots: readonly {
    readonly sourceStatus: { readonly counters: { readonly recorded: bigint } } | undefined;
  }[];
}

/** Keeps the lamps of a detector as its configuration wants them. A lamp that cannot be had is told of once, and harms nothing. */
export class LampWatch {
  private wanted = '';
  private lamps: Lamps | undefined;

  constructor(
    private readonly machine: WatchedMachine,
    private readonly open: (settings: LampSettings) => Lamps,
    private readonly warn: (message: string) => void,
  ) {}

  look(nowMs: number): void {
    const settings = this.machine.configuration?.content.lamps;
    const wanted = settings === undefined ? '' : JSON.stringify(settings);
    if (wanted !== this.wanted) {
      this.wanted = wanted;
      this.close();
      if (settings !== undefined) this.attempt(() => (this.lamps = this.open(settings)));
    }
    this.attempt(() => this.lamps?.show(this.state(), nowMs));
  }

  /** Puts the lamps out. */
  close(): void {
    const { lamps } = this;
    this.lamps = undefined;
    this.attempt(() => lamps?.close());
  }

  private state(): LampState {
    const { run, position, slots } = this.machine;
    return {
      running: run !== undefined && position.phase === 'taking',
      events: slots.reduce((sum, { sourceStatus }) => sum + (sourceStatus?.counters.recorded ?? 0n), 0n),
    };
  }

  private attempt(task: () => unknown): void {
    try {
      task();
    } catch (error) {
      const { lamps } = this;
      this.lamps = undefined;
      try {
        lamps?.close();
      } catch {
        // What could not be shown can hardly be put out either.
      }
      this.warn(`The lamps are off: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
