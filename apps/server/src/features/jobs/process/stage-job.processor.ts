import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { QueueJobPayload } from '@countroom/contracts';
import type { Lineage } from '@countroom/run-model';
import { stages } from '@countroom/stages';
import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../../../platform/config/app-config.js';
import { isDatabaseAway } from '../../../platform/database/database-errors.js';
import { NotificationsService } from '../../../platform/database/notifications.service.js';
import type { JobContext, JobProcessor } from '../../../platform/queues/job-queue.js';
import { ProcessorRegistry } from '../../../platform/queues/processor-registry.js';
import { JobDispatch } from '../job-dispatch.service.js';
import type { ClaimedJob } from './claim.repository.js';
import { outputPath, prepareOutput, removeFile } from './job-files.js';
import { JobLedger } from './job-ledger.js';
import { JobReporter } from './job-reporter.js';
import { workOf } from './job-work.js';
import type { Outcome } from './outcome.repository.js';
import { runStageThread, StageCancelled } from './run-stage-thread.js';

const tries = 30;
const pauseMs = 2_000;

/** Works on one job: claims it, runs its stage in a thread, and commits what came of it once. */
@Injectable()
export class StageJobProcessor implements JobProcessor, OnModuleInit, OnModuleDestroy {
  readonly jobName = 'process-stage';
  readonly workerName = `${hostname()}-${process.pid}-${randomUUID().slice(0, 4)}`;
  private readonly log = new Logger(StageJobProcessor.name);
  private readonly running = new Map<string, AbortController>();
  private stopListening: (() => void) | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly registry: ProcessorRegistry,
    private readonly notifications: NotificationsService,
    private readonly ledger: JobLedger,
    private readonly dispatch: JobDispatch,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
    this.stopListening = this.notifications.subscribe('job_cancel', (id) => {
      if (id !== null) this.running.get(id)?.abort('cancel');
    });
  }

  onModuleDestroy(): void {
    this.stopListening?.();
  }

  async process(payload: QueueJobPayload<'process-stage'>, context: JobContext): Promise<void> {
    const claimed = await this.ledger.claims.claim(payload.jobId, payload.attempt, this.workerName);
    if (claimed === undefined) return;
    const stop = new AbortController();
    const leave = (): void => stop.abort('leave');
    context.signal.addEventListener('abort', leave, { once: true });
    if (context.signal.aborted) leave();
    this.running.set(payload.jobId, stop);
    const reporter = new JobReporter(
      this.ledger.claims,
      claimed,
      (why) => stop.abort(why === 'cancel' ? 'cancel' : 'leave'),
      (error) =>
        this.log.warn(`job ${payload.jobId}: its state could not be written and will be again`, error),
    );
    try {
      await this.work(claimed, reporter, stop);
    } finally {
      context.signal.removeEventListener('abort', leave);
      this.running.delete(payload.jobId);
      await reporter.close();
    }
  }

  async abandoned(id: string, reason: string): Promise<void> {
    const [jobId = '', attempt = '0'] = id.split('.');
    const claimed = await this.ledger.claims.claim(jobId, Number(attempt), this.workerName);
    if (claimed !== undefined) await this.ledger.outcomes.settle(claimed, { kind: 'failed', error: reason });
  }

  private async work(claimed: ClaimedJob, reporter: JobReporter, stop: AbortController): Promise<void> {
    const { job } = claimed;
    if (claimed.lostBy !== undefined)
      reporter.log('warning', `${claimed.lostBy} was lost over this job; ${this.workerName} begins again`);
    if (job.cancelRequested) stop.abort('cancel');
    const stage = stages.get(job.stage);
    const path = outputPath(claimed, stage.provides);
    const output = join(this.folderOf('data'), path);
    let outcome: Outcome;
    try {
      const { inputs, options, unapproved } = await workOf(job, this.ledger.catalogue, (store) =>
        this.folderOf(store),
      );
      await prepareOutput(output);
      reporter.log(
        'info',
        `${stage.title} (${stage.name} ${stage.version}) of ${Object.values(inputs).flat().join(', ')} on ${this.workerName}`,
      );
      for (const path of unapproved)
        reporter.log('warning', `values of ${path} are used for this request without approval`);
      const result = await runStageThread(
        {
          stage: stage.name,
          options,
          inputs,
          output,
          threads: this.config.workers.threads,
        },
        {
          onProgress: ({ done, total, unit, table }) => reporter.setProgress(done, total, unit, table),
          onLog: (level, text) => reporter.log(level, text),
        },
        stop.signal,
      );
      reporter.log('info', `${result.rows} rows in ${result.tables.length} tables, ${result.bytes} bytes`);
      const { detectorId, runId, lineageHash } = job;
      outcome = {
        kind: 'completed',
        dataset: {
          detectorId,
          runId,
          lineageHash,
          lineage: job.lineage as unknown as Lineage,
          dataKind: stage.provides,
          path,
          rows: BigInt(result.rows),
          bytes: BigInt(result.bytes),
          checksum: result.sha256,
          report: {
            tables: result.tables.map(({ path: table, rows }) => ({ path: table, rows })),
            input: result.report,
          },
          jobId: job.id,
        },
      };
    } catch (error) {
      // A worker that stops, or lost the job, says nothing of the job: another one begins again.
      if (stop.signal.aborted && stop.signal.reason !== 'cancel') {
        await removeFile(output);
        throw error;
      }
      const message = error instanceof Error ? error.message : String(error);
      outcome =
        error instanceof StageCancelled
          ? { kind: 'cancelled', error: 'Cancelled while running.' }
          : { kind: 'failed', error: message };
      reporter.log(outcome.kind === 'failed' ? 'error' : 'info', outcome.error);
    }
    await reporter.close();
    await this.settle(claimed, outcome, output);
  }

  private async settle(claimed: ClaimedJob, outcome: Outcome, output: string): Promise<void> {
    const settled = await patiently(() => this.ledger.outcomes.settle(claimed, outcome));
    if (settled.stale || outcome.kind !== 'completed') await removeFile(output);
    if (settled.stale) {
      this.log.warn(`job ${claimed.job.id} was taken over by another worker; this result was thrown away`);
      return;
    }
    if (settled.replaced !== undefined) await removeFile(join(this.folderOf('data'), settled.replaced));
    await this.dispatch.enqueueAll(settled.ready);
  }

  private folderOf(store: string): string {
    const folder = this.config.stores[store];
    if (folder === undefined)
      throw new Error(`The store ${store} has no folder on this machine; set COUNTROOM_STORES.`);
    return folder;
  }
}

/** The database may be away for a minute: the result of hours is not thrown away for that. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= tries || !isDatabaseAway(error)) throw error;
      await delay(pauseMs);
    }
  }
}
