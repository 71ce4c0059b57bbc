import type { AcquisitionReport } from '@countroom/contracts';
import { isDatabaseAway } from '../../../platform/database/database-errors.js';
import type { Lease } from '../../../platform/database/lease.repository.js';
import type { AcquisitionRepositories } from './acquisition-repositories.js';
import { LeaseLostError } from './fenced-writes.repository.js';

export interface StateWriterOptions {
  readonly repositories: AcquisitionRepositories;
  readonly lease: Lease;
  readonly detectorId: string;
  readonly onReachable: (reachable: boolean) => void;
  readonly onError: (error: unknown) => void;
}

/** Keeps the newest state in the database; while that is slow or away, states in between are left out. */
export class StateWriter {
  private writing: Promise<void> | undefined;

  constructor(private readonly options: StateWriterOptions) {}

  save(report: AcquisitionReport): void {
    this.writing ??= this.write(report).finally(() => {
      this.writing = undefined;
    });
  }

  /** The last word: waits for it. */
  async saveLast(report: AcquisitionReport): Promise<void> {
    await this.writing;
    await this.write(report);
  }

  private async write(report: AcquisitionReport): Promise<void> {
    const { repositories, lease, detectorId } = this.options;
    try {
      await repositories.fenced.write(lease, async (tx) =>
        repositories.detectors.saveActual(tx, detectorId, report),
      );
      this.options.onReachable(true);
    } catch (error) {
      if (isDatabaseAway(error)) this.options.onReachable(false);
      else if (!(error instanceof LeaseLostError)) this.options.onError(error);
    }
  }
}
