import { AppError, endpoints, type Role } from '@countroom/contracts';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AuditRepository } from '../../../platform/auth/audit.repository.js';
import { Authenticator } from '../../../platform/auth/authenticator.js';
import { ConfigurationsService } from '../../configurations/configurations.service.js';
import { LogService } from '../../log/log.service.js';
import { SubmissionService } from '../submit/submission.service.js';
import { type DueRun, RulesRepository } from './rules.repository.js';

const everyMs = 3_000;

/** Has runs processed as their detectors' rules say, once each, whichever process comes first. */
@Injectable()
export class RuleRunner implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(RuleRunner.name);
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly rules: RulesRepository,
    private readonly submission: SubmissionService,
    private readonly configurations: ConfigurationsService,
    private readonly runLog: LogService,
    private readonly audit: AuditRepository,
    private readonly people: Authenticator,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.working = this.working.then(() => this.work());
    }, everyMs);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.working;
  }

  private async work(): Promise<void> {
    try {
      for (const due of await this.rules.takeDue()) await this.process(due);
    } catch (error) {
      this.log.warn('rules for new runs are looked at again later', error);
    }
  }

  private async process(due: DueRun): Promise<void> {
    const { name, latestVersionId, latest } = await this.configurations.get(due.configurationId);
    try {
      await this.demandMaker(due);
      const { pipelineId } = await this.submission.make(
        {
          runs: [{ detector: due.detector, number: due.number }],
          stages: [],
          pipelineVersionId: latestVersionId,
          name,
          priority: due.priority,
          force: false,
          joint: false,
        },
        { by: due.by, ruleId: due.ruleId },
      );
      await this.rules.settle(due, { pipelineId });
      await this.tell(due, 'info', `Processing with the pipeline ${name}, version ${latest}, has begun.`);
      await this.note(due, 'done', { pipeline: name, version: latest });
    } catch (error) {
      // Anything else may pass: the run is taken up again.
      if (!(error instanceof AppError)) throw error;
      await this.rules.settle(due, { error: error.message });
      await this.tell(due, 'warning', `It is not processed with the pipeline ${name}: ${error.message}`);
      await this.note(due, 'refused', { pipeline: name, version: latest });
    }
  }

  /** Who made the rule may have lost the role that it took. */
  private async demandMaker({ by, detector }: DueRun): Promise<void> {
    const role = endpoints.pipelines.addRule.role as Role;
    if (await this.people.mayAct(by, role, detector)) return;
    throw new AppError(
      'auth.forbidden',
      `${by}, who made the rule, has not the role ${role} for ${detector} any more. ` +
        'Somebody who has it removes the rule and makes it again.',
    );
  }

  private async tell(due: DueRun, level: 'info' | 'warning', text: string): Promise<void> {
    const { detectorId, runId } = due;
    await this.runLog.write({ detectorId, runId, origin: 'system', level, author: 'processing rule', text });
  }

  /** Nobody called: what a rule does is in the audit log all the same, in the name of who made it. */
  private async note(due: DueRun, outcome: string, after: object): Promise<void> {
    await this.audit.add({
      actor: due.by,
      action: 'processing-rules.run',
      target: `${due.detector}/${due.number}`,
      before: null,
      after,
      outcome,
      address: '',
      traceId: '',
    });
  }
}
