import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../../generated/prisma/client.js';
import { PrismaService } from '../../../platform/database/prisma.service.js';

/** Runs of a rule that are shown. */
const shown = 10;
/** A run that was taken up so long ago without an outcome is taken up again: its process died. */
const forgottenAfter = '60 seconds';

const include = {
  detector: { select: { name: true } },
  configuration: { select: { id: true, name: true } },
  runs: { include: { run: { select: { number: true } } }, orderBy: { at: 'desc' }, take: shown },
} satisfies Prisma.ProcessingRuleInclude;

export type RuleRow = Prisma.ProcessingRuleGetPayload<{ include: typeof include }>;

/** A run that a rule is to deal with. */
export interface DueRun {
  readonly ruleId: string;
  readonly runId: string;
  readonly detectorId: string;
  readonly detector: string;
  readonly number: number;
  readonly configurationId: string;
  readonly priority: number;
  readonly by: string;
}

@Injectable()
export class RulesRepository {
  constructor(private readonly prisma: PrismaService) {}

  list(detector: string | undefined): Promise<RuleRow[]> {
    return this.prisma.processingRule.findMany({
      where: detector === undefined ? {} : { detector: { name: detector } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      include,
    });
  }

  find(id: string): Promise<RuleRow | null> {
    return this.prisma.processingRule.findUnique({ where: { id }, include });
  }

  /** The runs that there are already are left alone. */
  async create(rule: {
    readonly detectorId: string;
    readonly configurationId: string;
    readonly priority: number;
    readonly by: string;
  }): Promise<RuleRow> {
    const { _max } = await this.prisma.run.aggregate({
      where: { detectorId: rule.detectorId },
      _max: { number: true },
    });
    return this.prisma.processingRule.create({ data: { ...rule, afterNumber: _max.number ?? -1 }, include });
  }

  update(
    id: string,
    data: { readonly enabled?: boolean | undefined; readonly priority?: number | undefined },
  ): Promise<RuleRow> {
    const { enabled, priority } = data;
    return this.prisma.processingRule.update({
      where: { id },
      data: {
        ...(enabled === undefined ? {} : { enabled }),
        ...(priority === undefined ? {} : { priority }),
      },
      include,
    });
  }

  async remove(id: string): Promise<void> {
    await this.prisma.processingRule.delete({ where: { id } });
  }

  /** Runs that ended and are stored, each for the process that asks alone: what is given away is marked. */
  async takeDue(): Promise<DueRun[]> {
    return this.prisma.$queryRawUnsafe<DueRun[]>(`
      WITH due AS (
        SELECT rule.id AS rule_id, run.id AS run_id
        FROM processing_rule rule
        JOIN run ON run.detector_id = rule.detector_id AND run.number > rule.after_number
        LEFT JOIN processing_rule_run seen ON seen.rule_id = rule.id AND seen.run_id = run.id
        WHERE rule.enabled AND cardinality(run.data_kinds) > 0 AND run.spool_path IS NULL
          AND (run.ended_at IS NOT NULL OR run.origin = 'imported')
          AND (seen.run_id IS NULL OR (seen.pipeline_id IS NULL AND seen.error IS NULL
               AND seen.at < now() - interval '${forgottenAfter}'))
        ORDER BY run.number LIMIT 100
      ), taken AS (
        INSERT INTO processing_rule_run AS r (rule_id, run_id, at) SELECT rule_id, run_id, now() FROM due
        ON CONFLICT (rule_id, run_id) DO UPDATE SET at = now()
          WHERE r.pipeline_id IS NULL AND r.error IS NULL AND r.at < now() - interval '${forgottenAfter}'
        RETURNING r.rule_id, r.run_id
      )
      SELECT taken.rule_id AS "ruleId", taken.run_id AS "runId", run.detector_id AS "detectorId",
             detector.name AS "detector", run.number AS "number", rule.configuration_id AS "configurationId",
             rule.priority AS "priority", rule.by AS "by"
      FROM taken JOIN processing_rule rule ON rule.id = taken.rule_id
      JOIN run ON run.id = taken.run_id JOIN detector ON detector.id = run.detector_id
      ORDER BY run.number`);
  }

  async settle(
    { ruleId, runId }: DueRun,
    outcome: { readonly pipelineId: string } | { readonly error: string },
  ): Promise<void> {
    await this.prisma.processingRuleRun.updateMany({ where: { ruleId, runId }, data: outcome });
  }
}
