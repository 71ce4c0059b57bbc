import type { Lease, LeaseRepository } from './lease.repository.js';

export interface LeaseKeeperOptions {
  readonly durationMs: number;
  /** Another instance owns it now: whatever it protects must stop. */
  readonly onLost: (lease: Lease) => void;
  /** The database did not answer; nobody can take the lease there either, so renewing goes on. */
  readonly onError: (error: unknown) => void;
}

/** Renews a lease until it is released, three times per duration. */
export class LeaseKeeper {
  private timer: NodeJS.Timeout | undefined;
  private renewal: Promise<void> | undefined;
  private active = true;

  constructor(
    private readonly leases: Pick<LeaseRepository, 'renew' | 'release'>,
    readonly lease: Lease,
    private readonly options: LeaseKeeperOptions,
  ) {
    this.schedule();
  }

  /** Stops renewing and lets go. */
  async release(): Promise<void> {
    this.active = false;
    clearTimeout(this.timer);
    await this.renewal;
    await this.leases.release(this.lease);
  }

  private schedule(): void {
    if (!this.active) return;
    this.timer = setTimeout(() => {
      this.renewal = this.renew();
    }, this.options.durationMs / 3);
  }

  private async renew(): Promise<void> {
    try {
      const held = await this.leases.renew(this.lease, this.options.durationMs);
      if (!held && this.active) {
        this.active = false;
        this.options.onLost(this.lease);
      }
    } catch (error) {
      this.options.onError(error);
    }
    this.schedule();
  }
}
