import { Injectable } from '@nestjs/common';
import { JobDispatch } from '../job-dispatch.service.js';
import { CatalogueRepository, type NewDataset } from '../store/catalogue.repository.js';
import { JobsRepository } from '../store/jobs.repository.js';
import { type ClaimedJob, ClaimRepository } from './claim.repository.js';

export type Outcome =
  | { readonly kind: 'completed'; readonly dataset: NewDataset }
  | { readonly kind: 'failed' | 'cancelled'; readonly error: string };

/** `stale`: another worker has taken the job over, and nothing was changed. */
export type Settled =
  | { readonly stale: true }
  | { readonly stale: false; readonly ready: string[]; readonly replaced: string | undefined };

@Injectable()
export class OutcomeRepository {
  constructor(
    private readonly jobs: JobsRepository,
    private readonly claims: ClaimRepository,
    private readonly catalogue: CatalogueRepository,
    private readonly dispatch: JobDispatch,
  ) {}

  /** Everything that follows from the end of an attempt, at once or not at all, and only for the newest token. */
  settle({ job, token }: ClaimedJob, outcome: Outcome): Promise<Settled> {
    return this.jobs.transaction(async (client) => {
      if (!(await this.claims.holds(job.id, token, client))) return { stale: true };
      const endedAt = new Date();
      const stored =
        outcome.kind === 'completed' ? await this.catalogue.put(outcome.dataset, client) : undefined;
      const error = outcome.kind === 'completed' ? null : outcome.error;
      const ended = await this.jobs.update(
        job.id,
        {
          status: outcome.kind,
          endedAt,
          error,
          outputDatasetId: stored?.id ?? null,
          ...(stored === undefined ? {} : { progress: 1 }),
        },
        client,
      );
      await client.jobAttempt.update({
        where: { jobId_attempt: { jobId: job.id, attempt: job.attempt } },
        data: { outcome: outcome.kind, endedAt, error },
      });
      const ready = await this.dispatch.settleDependants(ended, client);
      return { stale: false, ready, replaced: stored?.replaced };
    });
  }
}
