import { AppError, type endpoints, type InputOf, type ProcessingRule } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { demandRole } from '../../../platform/auth/demand-role.js';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { noteAudit } from '../../../platform/http/audit-note.js';
import { ConfigurationsService } from '../../configurations/configurations.service.js';
import { DetectorLookup } from '../../detectors/detector-lookup.js';
import { type RuleRow, RulesRepository } from './rules.repository.js';

type Pipelines = typeof endpoints.pipelines;

/** Rules that have new runs processed. */
@Injectable()
export class RulesService {
  constructor(
    private readonly repository: RulesRepository,
    private readonly configurations: ConfigurationsService,
    private readonly detectors: DetectorLookup,
  ) {}

  async list(detector: string | undefined): Promise<ProcessingRule[]> {
    return (await this.repository.list(detector)).map(toRule);
  }

  async add(body: InputOf<Pipelines['addRule']>['body'], by: string): Promise<ProcessingRule> {
    const { detector, pipelineId, priority } = body;
    demandRole([detector]);
    const detectorId = await this.detectors.idOf(detector);
    const { kind, name, detector: owner } = await this.configurations.get(pipelineId);
    noteAudit({ target: `rule for ${detector}`, after: { pipeline: name, priority } });
    if (kind !== 'pipeline' || (owner !== null && owner !== detector)) {
      throw new AppError(
        'input.invalid',
        `${name} is no stored pipeline for ${detector}; choose one from the list.`,
      );
    }
    try {
      return toRule(await this.repository.create({ detectorId, configurationId: pipelineId, priority, by }));
    } catch (cause) {
      if (!isUniqueViolation(cause)) throw cause;
      throw new AppError('conflict.exists', `${detector} has a rule with the pipeline ${name} already.`, {
        cause,
      });
    }
  }

  async update(id: string, body: InputOf<Pipelines['updateRule']>['body']): Promise<ProcessingRule> {
    const row = await this.find(id);
    const { enabled, priority } = row;
    noteAudit({ target: describe(row), before: { enabled, priority }, after: body });
    return toRule(await this.repository.update(id, body));
  }

  async remove(id: string): Promise<void> {
    const row = await this.find(id);
    noteAudit({ target: describe(row), before: { enabled: row.enabled, priority: row.priority } });
    await this.repository.remove(id);
  }

  private async find(id: string): Promise<RuleRow> {
    const row = await this.repository.find(id);
    if (row === null) throw new AppError('not-found', `There is no rule ${id}.`);
    demandRole([row.detector.name]);
    return row;
  }
}

function describe({ detector, configuration }: RuleRow): string {
  return `rule for ${detector.name} with pipeline ${configuration.name}`;
}

function toRule(row: RuleRow): ProcessingRule {
  return {
    id: row.id,
    detector: row.detector.name,
    pipeline: row.configuration,
    enabled: row.enabled,
    priority: row.priority,
    afterNumber: row.afterNumber,
    by: row.by,
    createdAt: row.createdAt.toISOString(),
    recent: row.runs.map(({ run, at, pipelineId, error }) => ({
      run: run.number,
      at: at.toISOString(),
      pipelineId,
      error,
    })),
  };
}
