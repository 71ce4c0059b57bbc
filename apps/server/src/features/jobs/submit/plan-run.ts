import { AppError, type JsonValue } from '@countroom/contracts';
import {
  orderStages,
  parseOptions,
  type Stage,
  StageError,
  type StageRequest,
  stageLineage,
} from '@countroom/pipeline';
import { type Lineage, lineageHash } from '@countroom/run-model';

/** A stored result as planning sees it. */
export interface AvailableDataset {
  readonly id: string;
  readonly dataKind: string;
  readonly lineage: Lineage;
  readonly lineageHash: string;
}

/** One result to make, or to take from the catalogue. */
export interface PlannedStep {
  readonly stage: Stage;
  readonly config: JsonValue;
  readonly configurationVersionId: string | null;
  readonly lineage: Lineage;
  readonly lineageHash: string;
  /** The stored dataset that it reads; undefined when an earlier step makes it. */
  readonly inputDatasetId: string | undefined;
  /** Place in the plan of the step that makes its input. */
  readonly after: number | undefined;
  /** The stored dataset that is this result already. */
  readonly storedAs: string | undefined;
}

export interface RequestedStage extends StageRequest {
  readonly configurationVersionId: string | null;
}

/**
 * What has to be done for a run so that the requested results exist. Inputs are the results of other requested stages, else
 * the newest stored dataset of the data kind. `available` is sorted newest first.
 */
export function planRun(
  requests: readonly RequestedStage[],
  available: readonly AvailableDataset[],
  run: string,
): PlannedStep[] {
  const kinds = new Set(available.map(({ dataKind }) => dataKind));
  const steps: PlannedStep[] = [];
  try {
    for (const request of orderStages(requests, kinds) as RequestedStage[]) {
      const { stage } = request;
      const maker = steps.findIndex((step) => step.stage.provides === stage.dependsOn);
      const made = steps[maker];
      const stored =
        made === undefined ? available.find(({ dataKind }) => dataKind === stage.dependsOn)! : undefined;
      const config = parseOptions(stage, request.config) as JsonValue;
      const lineage = stageLineage(stage, config, [made?.lineage ?? stored!.lineage]);
      const hash = lineageHash(lineage);
      const same = available.find((one) => one.dataKind === stage.provides && one.lineageHash === hash);
      steps.push({
        stage,
        config,
        configurationVersionId: request.configurationVersionId,
        lineage,
        lineageHash: hash,
        inputDatasetId: stored?.id ?? made?.storedAs,
        after: made === undefined ? undefined : maker,
        storedAs: same?.id,
      });
    }
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    const issues = error.issues.map(({ path, message }) => ({
      path: `stages.${error.stage}.${path}`,
      message,
    }));
    throw new AppError('input.invalid', `Run ${run} cannot be processed: ${error.message}`, {
      issues,
      cause: error,
    });
  }
  return steps;
}
