import {
  AppError,
  canonicalJson,
  type endpoints,
  type InputOf,
  type JsonValue,
  jsonObject,
  type ParameterStep,
  type ResolvedParameters,
  type SourceVersion,
} from '@countroom/contracts';
import {
  entriesFor,
  leavesOf,
  overlay,
  type ParameterTree,
  resolveParameters,
  type ValidityQuestion,
  valueAt,
  valuesOfChannel,
} from '@countroom/parameters';
import { Injectable } from '@nestjs/common';
import { DetectorLookup } from '../detectors/detector-lookup.js';

import { sha256 } from './new-version.js';
import { type StoredEntry, toEntry } from './parameters.mapper.js';
import { ParametersRepository } from './parameters.repository.js';
import { RunFacts, type RunMoment } from './run-facts.repository.js';

type Parameters = typeof endpoints.parameters;

/** Approved entries of a set: for every detector, and a detector's own, which lie over them. */
interface Entries {
  readonly shared: readonly StoredEntry[];
  readonly own: readonly StoredEntry[];
}

/** Says which approved values hold. */
@Injectable()
export class ResolutionService {
  constructor(
    private readonly repository: ParametersRepository,
    private readonly detectors: DetectorLookup,
    private readonly runs: RunFacts,
  ) {}

  async resolve(query: InputOf<Parameters['resolve']>['query']): Promise<ResolvedParameters> {
    const detectorId = query.detector === undefined ? null : await this.detectors.idOf(query.detector);
    const entries = await this.entries(query.set, detectorId);
    const question = await this.questionOf(query, detectorId);
    const all = valuesFor(entries, question);
    const values = query.channel === undefined ? all : valuesOfChannel(all, query.channel);
    const used = [
      ...entriesFor(entries.shared, question),
      ...entriesFor(entries.own, question),
    ] as StoredEntry[];
    return {
      values: jsonObject.parse(values),
      hash: sha256(values),
      versions: used.map(toSource),
      sources: query.channel === undefined ? {} : sourcesOf(values, used, query.channel),
    };
  }

  /** The values of a set that hold for a run, by channel or pattern; at another moment (ms since 1970) when one is given. */
  async forRun(runId: string, set: string, at?: number): Promise<ParameterTree> {
    const run = await this.runs.find(runId);
    const entries = await this.entries(set, run.detectorId);
    return valuesFor(entries, { ...questionFor(run), ...(at === undefined ? {} : { at }) });
  }

  async history(query: InputOf<Parameters['history']>['query']): Promise<ParameterStep[]> {
    const detectorId = query.detector === undefined ? null : await this.detectors.idOf(query.detector);
    const entries = await this.entries(query.set, detectorId);
    const all = [...entries.shared, ...entries.own];
    const moments = new Set(
      all.flatMap(({ validFrom, validTo }) => [validFrom, ...(validTo === null ? [] : [validTo])]),
    );
    const steps: ParameterStep[] = [];
    for (const at of [...moments].sort((a, b) => a - b)) {
      const question = { at, ...(query.category === undefined ? {} : { category: query.category }) };
      const valueOf = (part: Entries): ReturnType<typeof valueAt> =>
        valueAt(valuesOfChannel(valuesFor(part, question), query.channel), query.path);
      const value = valueOf(entries) ?? null;
      const used = [
        ...entriesFor(entries.shared, question),
        ...entriesFor(entries.own, question),
      ] as StoredEntry[];
      const source = value === null ? undefined : sourceOf(layersOf(used, query.channel), query.path, value);
      const before = steps.at(-1);
      if (
        JSON.stringify(before?.value ?? null) === JSON.stringify(value) &&
        before?.versionId === (source?.id ?? null)
      )
        continue;
      if (before === undefined && value === null) continue;
      steps.push({
        from: new Date(at).toISOString(),
        value: value as ParameterStep['value'],
        versionId: source?.id ?? null,
        version: source?.version ?? null,
      });
    }
    return steps;
  }

  private async entries(set: string, detectorId: string | null): Promise<Entries> {
    const { own, shared } = await this.repository.approved(set, detectorId);
    return { own: own.map(toEntry), shared: shared.map(toEntry) };
  }

  private async questionOf(
    { at, run, category, detector }: InputOf<Parameters['resolve']>['query'],
    detectorId: string | null,
  ): Promise<ValidityQuestion> {
    const chosen = category === undefined ? {} : { category };
    if (run === undefined) return { at: at === undefined ? Date.now() : Date.parse(at), ...chosen };
    if (detectorId === null)
      throw new AppError('request.invalid', 'A run is one of a detector; name the detector too.');
    const found = await this.runs.findNumber(detectorId, run);
    if (found === null) throw new AppError('not-found', `There is no run ${detector}/${run}.`);
    const question = questionFor(found);
    return { ...question, ...(at === undefined ? {} : { at: Date.parse(at) }), ...chosen };
  }
}

function questionFor({ at, number, mode }: RunMoment): ValidityQuestion {
  return { at: at.getTime(), run: number, ...(mode === '' ? {} : { category: mode }) };
}

/** An entry, and what it says of one channel. */
interface Layer {
  readonly entry: StoredEntry;
  readonly own: ParameterTree;
}

function layersOf(used: readonly StoredEntry[], channel: string): Layer[] {
  return used.map((entry) => ({ entry, own: valuesOfChannel(entry.content, channel) }));
}

/**
 * The last entry that gives this value: a later one may speak of a pattern, over which the channel's own value lies. Of
 * a level that several entries make together, the last that has a part in it.
 */
function sourceOf(layers: readonly Layer[], path: string, value: JsonValue): StoredEntry | undefined {
  const text = canonicalJson(value);
  const exact = layers.findLast(({ own }) => {
    const given = valueAt(own, path);
    return given !== undefined && canonicalJson(given) === text;
  });
  return (exact ?? layers.findLast(({ own }) => valueAt(own, path) !== undefined))?.entry;
}

/** Which entry each value of a channel comes from. */
function sourcesOf(
  values: ParameterTree,
  used: readonly StoredEntry[],
  channel: string,
): Record<string, SourceVersion> {
  const layers = layersOf(used, channel);
  return Object.fromEntries(
    leavesOf(values).flatMap(({ path, value }) => {
      const place = path.join('.');
      const found = sourceOf(layers, place, value);
      return found === undefined ? [] : [[place, toSource(found)]];
    }),
  );
}

function toSource({ id, setId, version, document, detector }: StoredEntry): SourceVersion {
  return { id, setId, version, document, detector };
}

function valuesFor({ shared, own }: Entries, question: ValidityQuestion): ParameterTree {
  return overlay(resolveParameters(shared, question), resolveParameters(own, question));
}
