import { stages } from '@countroom/stages';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { NotificationsService } from '../../../platform/database/notifications.service.js';
import { ResolutionService } from '../../parameters/resolution.service.js';
import { JobDispatch } from '../job-dispatch.service.js';
import { withHeldValues } from '../submit/resolve-parameters.js';
import { ApprovalsRepository, type DueJob } from './approvals.repository.js';

const everyMs = 10_000;

/** Lets jobs that wait for approved values go on when somebody has approved them. */
@Injectable()
export class ApprovalGate implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(ApprovalGate.name);
  private timer: NodeJS.Timeout | undefined;
  private stopListening: (() => void) | undefined;
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly approvals: ApprovalsRepository,
    private readonly parameters: ResolutionService,
    private readonly notifications: NotificationsService,
    private readonly dispatch: JobDispatch,
  ) {}

  onApplicationBootstrap(): void {
    const look = (): void => {
      this.working = this.working.then(() => this.work());
    };
    this.stopListening = this.notifications.subscribe('parameters', look);
    this.timer = setInterval(look, everyMs);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopListening?.();
    await this.working;
  }

  private async work(): Promise<void> {
    try {
      for (const due of await this.approvals.due()) await this.tryRelease(due);
    } catch (error) {
      this.log.warn('jobs that wait for approved values are looked at again later', error);
    }
  }

  /** One job that cannot go on keeps none of the others. */
  private async tryRelease(due: DueJob): Promise<void> {
    try {
      await this.release(due);
    } catch (error) {
      this.log.warn(`job ${due.id} (${due.stage}) cannot go on with its approved values yet`, error);
    }
  }

  private async release(due: DueJob): Promise<void> {
    const asked = {
      stage: stages.get(due.stage),
      config: due.config,
      configurationVersionId: null,
      inputs: {},
    };
    const { config } = await withHeldValues(asked, (set, at) => this.parameters.forRun(due.runId, set, at));
    await this.dispatch.enqueueAll(await this.approvals.release(due, config));
  }
}
