import {
  AppError,
  type endpoints,
  type InputOf,
  type JsonValue,
  type PreviewRefusal,
  type SubmitJobs,
  type ValueSource,
} from '@countroom/contracts';
import { parseOptions, StageError } from '@countroom/pipeline';
import type { Lineage } from '@countroom/run-model';
import { stages } from '@countroom/stages';
import { Injectable } from '@nestjs/common';
import { ConfigurationsService } from '../../configurations/configurations.service.js';
import { ResolutionService } from '../../parameters/resolution.service.js';
import { ApprovalsRepository } from '../approvals/approvals.repository.js';
import { PipelineDefinitions } from '../pipelines/pipeline-definitions.service.js';
import { CatalogueRepository, type FoundRun, type StoredDataset } from '../store/catalogue.repository.js';
import { QueryFactsRepository } from '../store/run-facts.js';
import { planJoint } from './plan-joint.js';
import { type AvailableDataset, type PlannedStep, planRun, type RequestedStage } from './plan-run.js';
import { sourcesOf, withHeldValues } from './resolve-parameters.js';
import { factsFor, factsNeeded, withFacts } from './run-facts.js';

export type Submission = InputOf<typeof endpoints.jobs.submit>['body'];
type StageChoice = Submission['stages'][number];
type RunName = SubmitJobs['runs'][number];

export interface PlannedRun {
  readonly name: RunName;
  readonly run: FoundRun;
  readonly steps: readonly PlannedStep[];
}

/** What a request comes to: the runs that can be processed, and all that is refused. */
export interface RequestPlan {
  readonly runs: readonly PlannedRun[];
  readonly refused: readonly PreviewRefusal[];
  /** The stages that were asked for, those of a stored pipeline included. */
  readonly stages: readonly StageChoice[];
  readonly parameters: ValueSource;
}

/** Works out what a request for results needs, and makes nothing. */
@Injectable()
export class PlanningService {
  constructor(
    private readonly catalogue: CatalogueRepository,
    private readonly configurations: ConfigurationsService,
    private readonly pipelines: PipelineDefinitions,
    private readonly parameters: ResolutionService,
    private readonly facts: QueryFactsRepository,
    private readonly approvals: ApprovalsRepository,
  ) {}

  async plan(body: Submission): Promise<RequestPlan> {
    const refused: PreviewRefusal[] = [];
    const requests: RequestedStage[] = [];
    const { stages, parameters } = await this.stagesOf(body, refused);
    for (const request of stages) {
      try {
        requests.push(await this.requested(request));
      } catch (error) {
        refused.push(refusal(error, { run: null, stage: request.stage }));
      }
    }
    if (refused.length === 0 && parameters !== 'approved') refused.push(...uselessChoice(requests));
    const plannable = refused.length === 0;
    if (body.joint) return { ...(await this.joint(body.runs, requests, refused)), stages, parameters };
    const runs: PlannedRun[] = [];
    const found = await this.catalogue.findRuns(body.runs);
    const stored = await this.catalogue.ofRuns(plannable ? found.map(({ id }) => id) : []);
    const approved = new Set(
      parameters === 'when-approved' ? await this.approvals.approvedOf(stored.map(({ id }) => id)) : [],
    );
    for (const name of distinct(body.runs)) {
      const run = found.find(({ detector, number }) => detector === name.detector && number === name.number);
      try {
        if (run === undefined) throw noRun(name);
        if (!plannable) continue;
        const available = stored.filter(({ runId }) => runId === run.id).map(toAvailable);
        if (run.isTaken && available.length === 0) throw stillTaken(name);
        const resolved = await this.resolved(requests, run.id);
        runs.push({ name, run, steps: planRun(resolved, available, { parameters, approved }) });
      } catch (error) {
        refused.push(refusal(error, { run: name, stage: null }));
      }
    }
    return { runs, refused, stages, parameters };
  }

  /** One result over all runs. */
  private async joint(
    names: readonly RunName[],
    requests: readonly RequestedStage[],
    refused: PreviewRefusal[],
  ): Promise<Pick<RequestPlan, 'runs' | 'refused'>> {
    const found = await this.catalogue.findRuns(names);
    const runs = distinct(names).flatMap((name) => {
      const run = found.find(({ detector, number }) => detector === name.detector && number === name.number);
      if (run === undefined) refused.push(refusal(noRun(name), { run: name, stage: null }));
      return run === undefined ? [] : [run];
    });
    if (refused.length > 0) return { runs: [], refused };
    const ids = runs.map(({ id }) => id);
    const [stored, facts] = await Promise.all([this.catalogue.ofRuns(ids), this.facts.of(ids)]);
    try {
      const joint = runs.map(({ id, detector, number }) => ({
        detector,
        number,
        facts: requests.reduce((all, request) => ({ ...all, ...factsFor(request, facts.get(id) ?? {}) }), {}),
        available: stored.filter(({ runId }) => runId === id).map(toAvailable),
      }));
      const [run] = runs;
      const name = { detector: run!.detector, number: run!.number };
      return { runs: [{ name, run: run!, steps: [planJoint(requests, joint)] }], refused };
    } catch (error) {
      refused.push(refusal(error, { run: null, stage: null }));
      return { runs: [], refused };
    }
  }

  /** Stages of a stored pipeline, with those of the request in the place of its own, and where values come from. */
  private async stagesOf(
    body: Submission,
    refused: PreviewRefusal[],
  ): Promise<Pick<RequestPlan, 'stages' | 'parameters'>> {
    const { parameters = 'approved' } = body;
    if (body.pipelineVersionId === undefined) return { stages: body.stages, parameters };
    const detectors = new Set(body.runs.map(({ detector }) => detector));
    const only = detectors.size === 1 ? body.runs[0]!.detector : undefined;
    try {
      const definition = await this.pipelines.read(body.pipelineVersionId, only);
      const stored = definition.stages;
      const own = new Map(body.stages.map((one) => [one.stage, one]));
      const kept = stored.map((one) => own.get(one.stage) ?? one);
      const more = body.stages.filter(({ stage }) => !kept.some((one) => one.stage === stage));
      return {
        stages: [...kept, ...more],
        parameters: body.parameters ?? definition.parameters,
      };
    } catch (error) {
      refused.push(refusal(error, { run: null, stage: null }));
      return { stages: [], parameters };
    }
  }

  /** Values that requests refer to by `db.…` become part of them, as they hold for the run. */
  private resolved(requests: readonly RequestedStage[], runId: string): Promise<RequestedStage[]> {
    return Promise.all(
      requests.map(async (request) => {
        if (factsNeeded(request).length > 0)
          return withFacts(request, (await this.facts.of([runId])).get(runId) ?? {});
        const resolved = await withHeldValues(request, (set, at) => this.parameters.forRun(runId, set, at));
        if (resolved === request) return request;
        return { ...resolved, asked: request.config, sources: sourcesOf(request, requests) };
      }),
    );
  }

  private async requested(request: StageChoice): Promise<RequestedStage> {
    const { stage: name, config, configurationVersionId: versionId, inputs = {} } = request;
    if (config !== undefined && versionId !== undefined) {
      throw new AppError(
        'input.invalid',
        `${name}: give either options or a stored configuration, not both.`,
      );
    }
    const stage = stages.get(name);
    const options =
      versionId === undefined ? (config ?? {}) : await this.configurations.contentOf(versionId, name);
    const parsed = parseOptions(stage, options) as JsonValue;
    return {
      stage,
      config: parsed,
      configurationVersionId: versionId ?? null,
      inputs,
      chosen: new Set(Object.keys(inputs)),
    };
  }
}

/** Waiting for values that nothing finds, or that nothing uses, is no choice but a mistake. */
function uselessChoice(requests: readonly RequestedStage[]): PreviewRefusal[] {
  if (requests.some((request) => sourcesOf(request, requests).length > 0)) return [];
  const message =
    'No stage of this request finds values that another one of it refers to by db.…: ' +
    'add the analysis that finds them, such as calibrate, or take the approved values.';
  return [
    { run: null, stage: null, code: 'input.invalid', message, issues: [{ path: 'parameters', message }] },
  ];
}

function noRun({ detector, number }: RunName): AppError {
  return new AppError('not-found', `There is no run ${detector}/${number}.`);
}

function stillTaken({ detector, number }: RunName): AppError {
  return new AppError(
    'conflict.state',
    `Run ${detector}/${number} is still being taken: its raw data are stored when it has ended. Ask again then; a rule for new runs does so by itself.`,
  );
}

/** A run that is named twice is processed once. */
function distinct(runs: readonly RunName[]): RunName[] {
  return [...new Map(runs.map((run) => [`${run.detector}/${run.number}`, run])).values()];
}

function toAvailable({ id, dataKind, lineage, lineageHash }: StoredDataset): AvailableDataset {
  return { id, dataKind, lineage: lineage as unknown as Lineage, lineageHash };
}

function refusal(
  error: unknown,
  { run, stage }: { readonly run: RunName | null; readonly stage: string | null },
): PreviewRefusal {
  if (error instanceof AppError) {
    const { code, message, options } = error;
    return { run, stage, code, message, issues: [...(options.issues ?? [])] };
  }
  if (!(error instanceof StageError)) throw error;
  const where = run === null ? '' : `Run ${run.detector}/${run.number} cannot be processed: `;
  return {
    run,
    stage: error.stage,
    code: 'input.invalid',
    message: `${where}${error.message}`,
    issues: error.issues.map(({ path, message }) => ({
      path: ['stages', error.stage, path].filter((part) => part !== '').join('.'),
      message,
    })),
  };
}
