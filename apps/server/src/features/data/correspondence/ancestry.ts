/** A data set, deleted or not, with the job that made it. */
export interface MadeDataset {
  readonly id: string;
  readonly dataKind: string;
  readonly path: string;
  readonly isDeleted: boolean;
  /** Null when no job of this installation made it: it was recorded, or imported. */
  readonly madeBy: Maker | null;
}
export interface Maker {
  readonly stage: string;
  /** Option `map` of the stage that builds events. */
  readonly map: string | undefined;
  readonly inputs: readonly { readonly port: string; readonly datasetId: string | null }[];
}
export type Ancestry = ReadonlyMap<string, MadeDataset>;

/** Stages whose row k is made of row k of their input, by the port of that input. */
const rowByRow: Readonly<Record<string, string>> = { raw_to_dsp: 'raw', dsp_to_hit: 'dsp' };

/**
 * The data set whose rows a data set still has: for hits the raw data that they come from. Tiers that were imported into one
 * run belong to its raw data, when there is one such file alone.
 */
export function rowsFrom(ancestry: Ancestry, id: string): string {
  const one = ancestry.get(id);
  if (one === undefined) return id;
  if (one.madeBy === null) return rowTiers.has(one.dataKind) ? (onlyGiven(ancestry, 'raw')?.id ?? id) : id;
  const { stage, inputs } = one.madeBy;
  const read = inputs.filter(({ port }) => port === rowByRow[stage]);
  const above = read.length === 1 ? read[0]!.datasetId : null;
  return above === null ? id : rowsFrom(ancestry, above);
}

/** Kinds of which row k is made of row k of the raw data, as productions have them. */
const rowTiers: ReadonlySet<string> = new Set(['dsp', 'psp', 'hit', 'pht']);

/** The only data set of a kind that no job made. */
function onlyGiven(ancestry: Ancestry, dataKind: string): MadeDataset | undefined {
  const given = [...ancestry.values()].filter((one) => one.dataKind === dataKind && one.madeBy === null);
  return given.length === 1 ? given[0] : undefined;
}

/** Data sets that have the same rows as one, itself too. */
export function sameRows(ancestry: Ancestry, id: string): readonly string[] {
  const from = rowsFrom(ancestry, id);
  return [...ancestry.values()]
    .filter((one) => !one.isDeleted && rowsFrom(ancestry, one.id) === from)
    .map((one) => one.id);
}

/** Kinds whose rows are events. */
export function isOfEvents({ dataKind }: MadeDataset): boolean {
  return dataKind === 'evt' || dataKind === 'tcm';
}

/** Where the hits of events stand, or what is missing to find them among the rows of a data set. */
export type MapFound =
  | { readonly dataset: MadeDataset; readonly map: string | undefined }
  | { readonly missing: string };

/** The coincidence map by which the hits of events are rows of a data set, known from the inputs of the jobs. */
export function mapOf(ancestry: Ancestry, events: MadeDataset, rows: MadeDataset): MapFound {
  const isMap = events.dataKind === 'tcm';
  const given = isMap || events.madeBy !== null ? undefined : onlyGiven(ancestry, 'tcm');
  if (!isMap && events.madeBy === null && given === undefined)
    return {
      missing: `${events.path} was not made here, so that the coincidence map of its events is not known: build events from a map of this run.`,
    };
  const mapId = isMap ? events.id : (given?.id ?? inputOf(events, ['tcm']));
  const dataset = mapId === null ? undefined : ancestry.get(mapId);
  if (dataset === undefined)
    return { missing: `The job that made ${events.path} names no coincidence map: build events again.` };
  if (dataset.isDeleted)
    return {
      missing: `The coincidence map ${dataset.path} of ${events.path} was deleted: build events again.`,
    };
  const hitsId = inputOf(dataset, ['hit', 'dsp', 'raw']);
  const hits =
    dataset.madeBy === null ? onlyGiven(ancestry, 'raw') : hitsId === null ? undefined : ancestry.get(hitsId);
  if (hits === undefined)
    return {
      missing: `Which data the coincidence map ${dataset.path} was made of is not known: find coincidences of this run again.`,
    };
  if (rowsFrom(ancestry, hits.id) !== rowsFrom(ancestry, rows.id))
    return {
      missing: `The coincidence map ${dataset.path} was made of ${hits.path}, whose rows are not those of ${rows.path}.`,
    };
  return { dataset, map: isMap ? undefined : events.madeBy?.map };
}

function inputOf({ madeBy }: MadeDataset, ports: readonly string[]): string | null {
  const inputs = madeBy?.inputs.filter(({ port }) => ports.includes(port)) ?? [];
  return inputs.length === 1 ? inputs[0]!.datasetId : null;
}
