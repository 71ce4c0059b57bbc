import type { JsonValue } from '@countroom/contracts';
import { portsOf, type RunFacts, type Stage, StageError, stageLineage } from '@countroom/pipeline';
import { lineageHash } from '@countroom/run-model';
import type { AvailableDataset, PlannedInput, PlannedStep, RequestedStage } from './plan-run.js';

/** So many runs are read at once at most: their files are open together. */
const mostRuns = 200;

/** A run that a joint result is about, with its stored data sets, newest first. */
export interface JointRun extends RunFacts {
  readonly available: readonly AvailableDataset[];
}

/**
 * One result over several runs, which is kept with the first of them. It reads the newest stored data set of each run at
 * every port; the runs, their facts and the lineages of all that is read are part of its own. Throws a StageError that
 * names the stage or run that does not go.
 */
export function planJoint(requests: readonly RequestedStage[], runs: readonly JointRun[]): PlannedStep {
  const [request, other] = requests;
  if (request === undefined || other !== undefined)
    throw new StageError(
      request?.stage.name ?? '',
      `joint: a result over several runs is made by one stage at a time, not ${requests.length}`,
    );
  const { stage, configurationVersionId } = request;
  if (runs.length > mostRuns)
    throw new StageError(
      stage.name,
      `joint: at most ${mostRuns} runs, not ${runs.length}; make several results`,
    );
  if (Object.keys(request.inputs).length > 0)
    throw new StageError(stage.name, 'inputs: a result over several runs reads the newest data of each');
  const config = namedIn(stage, request.config, runs);
  const found = portsOf(stage, config).map((port) => newestAt(stage, port, runs));
  const lineage = stageLineage(
    stage,
    config,
    found.flatMap(({ lineages }) => lineages),
  );
  const hash = lineageHash(lineage);
  const ofKind = runs[0]!.available.filter(({ dataKind }) => dataKind === stage.provides);
  return {
    stage,
    config,
    configurationVersionId,
    lineage,
    lineageHash: hash,
    inputs: found.map(({ port, datasetIds, after }) => ({ port, datasetIds, after })),
    awaits: [],
    provisional: false,
    storedAs: ofKind.find((one) => one.lineageHash === hash)?.id,
    before: undefined,
  };
}

function namedIn(stage: Stage, config: JsonValue, runs: readonly JointRun[]): JsonValue {
  if (stage.work !== 'tables' || stage.overRuns === undefined)
    throw new StageError(stage.name, 'joint: it makes a result of one run at a time');
  const named = runs.map(({ detector, number, facts }) => ({ detector, number, facts }));
  return stage.overRuns.named(config, named) as JsonValue;
}

function newestAt(
  stage: Stage,
  port: string,
  runs: readonly JointRun[],
): PlannedInput & { readonly lineages: readonly AvailableDataset['lineage'][] } {
  const datasets = runs.map(({ detector, number, available }) => {
    const newest = available.find(({ dataKind }) => dataKind === port);
    if (newest === undefined)
      throw new StageError(
        stage.name,
        `run ${detector}/${number} has no ${port}: make it first, or leave the run out`,
      );
    return newest;
  });
  return {
    port,
    datasetIds: datasets.map(({ id }) => id),
    after: undefined,
    lineages: datasets.map(({ lineage }) => lineage),
  };
}
