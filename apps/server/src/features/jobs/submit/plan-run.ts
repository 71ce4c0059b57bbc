import type { JsonValue } from '@countroom/contracts';
import { orderStages, type Stage, type StageRequest, stageLineage } from '@countroom/pipeline';
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
  /** As the stage's schema gives them, with its defaults. */
  readonly config: JsonValue;
  readonly configurationVersionId: string | null;
}

/**
 * What has to be done for a run so that the requested results exist. Inputs are the results of other requested stages, else
 * the newest stored dataset of the data kind. `available` is sorted newest first. Throws a StageError.
 */
export function planRun(
  requests: readonly RequestedStage[],
  available: readonly AvailableDataset[],
): PlannedStep[] {
  const kinds = new Set(available.map(({ dataKind }) => dataKind));
  const steps: PlannedStep[] = [];
  for (const { stage, config, configurationVersionId } of orderStages(requests, kinds) as RequestedStage[]) {
    const maker = steps.findIndex((step) => step.stage.provides === stage.dependsOn);
    const made = steps[maker];
    const stored =
      made === undefined ? available.find(({ dataKind }) => dataKind === stage.dependsOn)! : undefined;
    const lineage = stageLineage(stage, config, [made?.lineage ?? stored!.lineage]);
    const hash = lineageHash(lineage);
    const same = available.find((one) => one.dataKind === stage.provides && one.lineageHash === hash);
    steps.push({
      stage,
      config,
      configurationVersionId,
      lineage,
      lineageHash: hash,
      inputDatasetId: stored?.id ?? made?.storedAs,
      after: made === undefined ? undefined : maker,
      storedAs: same?.id,
    });
  }
  return steps;
}
