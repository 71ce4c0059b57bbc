import type { JsonValue } from '@countroom/contracts';
import {
  orderStages,
  portsOf,
  type Stage,
  StageError,
  type StageRequest,
  stageLineage,
  takesSeveral,
} from '@countroom/pipeline';
import { type Lineage, lineageHash } from '@countroom/run-model';

/** A stored result as planning sees it. */
export interface AvailableDataset {
  readonly id: string;
  readonly dataKind: string;
  readonly lineage: Lineage;
  readonly lineageHash: string;
}

/** What a step reads at one of its ports. */
export interface PlannedInput {
  /** A data kind. */
  readonly port: string;
  /** The stored data sets; of an earlier step the one that it would make, when that is stored already. */
  readonly datasetIds: readonly string[];
  /** Place in the plan of the step that makes it; undefined when it is stored. */
  readonly after: number | undefined;
}

/** One result to make, or to take from the catalogue. */
export interface PlannedStep {
  readonly stage: Stage;
  readonly config: JsonValue;
  readonly configurationVersionId: string | null;
  readonly lineage: Lineage;
  readonly lineageHash: string;
  /** In the order of the stage's ports. */
  readonly inputs: readonly PlannedInput[];
  /** The stored dataset that is this result already. */
  readonly storedAs: string | undefined;
  /** The newest stored result of the same kind, which differs from this one. */
  readonly before: AvailableDataset | undefined;
}

export interface RequestedStage extends StageRequest {
  /** As the stage's schema gives them, with its defaults. */
  readonly config: JsonValue;
  readonly configurationVersionId: string | null;
  /** Data sets that were chosen by hand, by port. */
  readonly inputs: Readonly<Record<string, readonly string[]>>;
}

/**
 * What has to be done for a run so that the requested results exist. Inputs are those chosen by hand, the results of
 * other requested stages, else the newest stored dataset of the data kind. `available` is sorted newest first. Throws a
 * StageError.
 */
export function planRun(
  requests: readonly RequestedStage[],
  available: readonly AvailableDataset[],
): PlannedStep[] {
  const kinds = new Set(available.map(({ dataKind }) => dataKind));
  const steps: PlannedStep[] = [];
  for (const request of orderStages(requests, kinds) as RequestedStage[]) {
    const { stage, config, configurationVersionId } = request;
    const ports = portsOf(stage, config);
    checkChosen(request, ports);
    const found = ports.map((port) => inputAt(port, request, steps, available));
    const lineage = stageLineage(
      stage,
      config,
      found.flatMap(({ lineages }) => lineages),
    );
    const hash = lineageHash(lineage);
    const same = available.find((one) => one.dataKind === stage.provides && one.lineageHash === hash);
    steps.push({
      stage,
      config,
      configurationVersionId,
      lineage,
      lineageHash: hash,
      inputs: found.map(({ port, datasetIds, after }) => ({ port, datasetIds, after })),
      storedAs: same?.id,
      before: available.find((one) => one.dataKind === stage.provides && one.lineageHash !== hash),
    });
  }
  return steps;
}

function inputAt(
  port: string,
  { stage, inputs }: RequestedStage,
  steps: readonly PlannedStep[],
  available: readonly AvailableDataset[],
): PlannedInput & { readonly lineages: readonly Lineage[] } {
  const chosen = inputs[port];
  if (chosen !== undefined) {
    const datasets = chosen.map((id) => {
      const dataset = available.find((one) => one.id === id && one.dataKind === port);
      if (dataset === undefined) {
        throw new StageError(stage.name, `inputs.${port}: ${id} is no stored ${port} of this run`);
      }
      return dataset;
    });
    const lineages = datasets.map(({ lineage }) => lineage);
    return { port, datasetIds: [...chosen], after: undefined, lineages };
  }
  const after = steps.findIndex((step) => step.stage.provides === port);
  const made = steps[after];
  if (made !== undefined) {
    const datasetIds = made.storedAs === undefined ? [] : [made.storedAs];
    return { port, datasetIds, after, lineages: [made.lineage] };
  }
  // That there is one was seen when the stages were put in order.
  const stored = available.find(({ dataKind }) => dataKind === port)!;
  return { port, datasetIds: [stored.id], after: undefined, lineages: [stored.lineage] };
}

function checkChosen({ stage, inputs }: RequestedStage, ports: readonly string[]): void {
  for (const [port, ids] of Object.entries(inputs)) {
    if (!ports.includes(port)) {
      throw new StageError(stage.name, `inputs.${port}: with these options it reads ${ports.join(', ')}`);
    }
    if (ids.length > 1 && !takesSeveral(stage)) {
      throw new StageError(stage.name, `inputs.${port}: it reads one data set at a time`);
    }
  }
}
