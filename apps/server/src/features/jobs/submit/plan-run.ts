import type { JsonValue, ValueSource } from '@countroom/contracts';
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

/** Where values behind `db.` come from. */
export interface ValueChoice {
  readonly parameters: ValueSource;
  /** Data sets of analyses whose values were approved. */
  readonly approved: ReadonlySet<string>;
}

/** One result to make, or to take from the catalogue. */
export interface PlannedStep {
  readonly stage: Stage;
  readonly config: JsonValue;
  readonly configurationVersionId: string | null;
  readonly lineage: Lineage;
  readonly lineageHash: string;
  /** In the order of the stage's ports; behind them the analyses whose values are used or waited for. */
  readonly inputs: readonly PlannedInput[];
  /** Places of the analyses whose values have to be approved first; then it is planned anew. */
  readonly awaits: readonly number[];
  /** Until then its lineage, or that of what it reads, is not the one that the result will have. */
  readonly provisional: boolean;
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
  /** The options before the values that hold were put into them; `config` when absent. */
  readonly asked?: JsonValue;
  /** Data kinds of the analyses in the request that find values for it. */
  readonly sources?: readonly string[];
}

/**
 * What has to be done for a run so that the requested results exist. Inputs are those chosen by hand, the results of
 * other requested stages, else the newest stored dataset of the data kind. `available` is sorted newest first. Throws a
 * StageError.
 */
export function planRun(
  requests: readonly RequestedStage[],
  available: readonly AvailableDataset[],
  values: ValueChoice = { parameters: 'approved', approved: new Set() },
): PlannedStep[] {
  const kinds = new Set(available.map(({ dataKind }) => dataKind));
  const steps: PlannedStep[] = [];
  const ordered = orderStages(
    requests.map((request) => ({ ...request, after: new Set(request.sources) })),
    kinds,
  ) as RequestedStage[];
  for (const request of ordered) {
    const { stage, configurationVersionId } = request;
    const sources = sourceSteps(request, steps, values);
    const config = sources.awaits.length > 0 ? (request.asked ?? request.config) : request.config;
    const ports = portsOf(stage, config);
    checkChosen(request, ports);
    const found = ports.map((port) => inputAt(port, request, steps, available));
    const inputLineages = found.flatMap(({ lineages }) => lineages);
    const sourceLineages = sources.places.map((place) => steps[place]!.lineage);
    const lineage =
      sources.awaits.length > 0
        ? lineageUntilApproved(stageLineage(stage, config, inputLineages), sourceLineages)
        : stageLineage(stage, config, [...inputLineages, ...sourceLineages]);
    const hash = lineageHash(lineage);
    const same = available.find((one) => one.dataKind === stage.provides && one.lineageHash === hash);
    steps.push({
      stage,
      config,
      configurationVersionId,
      lineage,
      lineageHash: hash,
      inputs: [
        ...found.map(({ port, datasetIds, after }) => ({ port, datasetIds, after })),
        ...sources.places.map((after) => madeBy(steps[after]!, after)),
      ],
      awaits: sources.awaits,
      provisional:
        sources.awaits.length > 0 ||
        found.some(({ after }) => after !== undefined && steps[after]!.provisional),
      storedAs: same?.id,
      before: available.find((one) => one.dataKind === stage.provides && one.lineageHash !== hash),
    });
  }
  return steps;
}

/**
 * What stands for the lineage of a result whose values are still to be approved: nothing that is stored has it, since
 * stages have no such option.
 */
export function lineageUntilApproved(lineage: Lineage, sources: readonly Lineage[]): Lineage {
  return {
    ...lineage,
    options: { options: lineage.options, awaits: 'approval' },
    inputs: [...lineage.inputs, ...sources],
  };
}

/** The steps that find values for a request, as far as they are used or waited for. */
function sourceSteps(
  { sources = [] }: RequestedStage,
  steps: readonly PlannedStep[],
  { parameters, approved }: ValueChoice,
): { readonly places: readonly number[]; readonly awaits: readonly number[] } {
  if (parameters === 'approved') return { places: [], awaits: [] };
  const places = sources.map((kind) => steps.findIndex(({ stage }) => stage.provides === kind));
  if (parameters === 'own') return { places, awaits: [] };
  const awaits = places.filter((place) => {
    const { storedAs } = steps[place]!;
    return storedAs === undefined || !approved.has(storedAs);
  });
  return { places: awaits, awaits };
}

function madeBy({ stage, storedAs }: PlannedStep, after: number): PlannedInput {
  return { port: stage.provides, datasetIds: storedAs === undefined ? [] : [storedAs], after };
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
  if (made !== undefined) return { ...madeBy(made, after), lineages: [made.lineage] };
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
