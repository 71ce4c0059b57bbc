import type { AnalysisReport, JsonValue, ReportPlot } from '@countroom/contracts';
import type { TableResult } from '../analysis/report-objects.js';
import { seenValues } from '../analysis/seen-values.js';
import { cleaningPart } from './cleaning-part.js';
import { currentPart } from './current-part.js';
import type { FindCutsOptions } from './cut-options.js';
import type { CutPart } from './cut-part.js';
import { lateChargePart } from './late-charge-part.js';
import { pulserPart } from './pulser-part.js';

/** Name of the column that holds how many tables see the event of each row. */
export const multiplicityColumn = ' multiplicity';

/** The expressions whose values the cuts are found from, in the order of their columns. */
export function expressionsOf({ energy, cleaning, flags, pulser, aoe, lq }: FindCutsOptions): string[] {
  const needsEnergy = [pulser, aoe, lq].some((part) => part !== undefined);
  const others = [pulser?.time, aoe?.of, aoe?.time, aoe?.drift?.of, lq?.of, lq?.drift].filter(
    (text) => text !== undefined,
  );
  return [
    ...new Set([
      ...cleaning.map(({ of }) => of),
      ...flags.map(({ expression }) => expression),
      ...(needsEnergy ? [energy] : []),
      ...others,
    ]),
  ];
}

/** Finds every cut that was asked for: data cleaning and the pulser first, A/E and LQ from what they keep. */
export function cutResult(
  place: { readonly table: string; readonly channel: string },
  columns: ReadonlyMap<string, Float64Array>,
  options: FindCutsOptions,
): TableResult {
  const { energy, cleaning, flags, pulser, aoe, lq } = options;
  const parts: CutPart[] = [];
  const failures: string[] = [];
  const seen: ReportPlot[] = [];
  const attempt = (name: string, find: () => CutPart, show: () => ReportPlot[] = () => []): void => {
    try {
      parts.push(find());
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      failures.push(`${name}: ${error.message}`);
      seen.push(...show());
    }
  };
  const all = (expression: string): Float64Array => columns.get(expression)!;
  if (cleaning.length > 0 || flags.length > 0)
    attempt('Data cleaning', () => cleaningPart(cleaning, flags, all));
  if (pulser !== undefined)
    attempt('Pulser', () =>
      pulserPart(pulser, all(pulser.time), all(energy), columns.get(multiplicityColumn)),
    );
  const first = [...parts];
  const clean = (expression: string): Float64Array =>
    all(expression).filter((_, event) => first.every(({ keeps }) => keeps(event)));
  const around = (of: string, from: number, to: number): Float64Array => {
    const energies = clean(energy);
    return clean(of).filter((_, event) => energies[event]! >= from && energies[event]! < to);
  };
  const { escape } = options;
  if (aoe !== undefined)
    attempt(
      'A/E',
      () => currentPart(aoe, options, clean),
      () => seenValues('aoe', aoe.of, around(aoe.of, 1000, 1300)),
    );
  if (lq !== undefined)
    attempt(
      'LQ',
      () => lateChargePart(lq, options, clean),
      () => seenValues('lq', lq.of, around(lq.of, escape - 5, escape + 5)),
    );
  return joined(place, parts, failures, seen);
}

function joined(
  place: { readonly table: string; readonly channel: string },
  parts: readonly CutPart[],
  failures: readonly string[],
  seen: readonly ReportPlot[],
): TableResult {
  const doubts = [...failures, ...parts.flatMap((part) => part.doubts)];
  const report: AnalysisReport = {
    ...place,
    verdict: parts.length === 0 ? 'failed' : doubts.length > 0 ? 'doubtful' : 'good',
    remarks: [...doubts, ...parts.flatMap(({ remarks }) => remarks)],
    numbers: parts.flatMap(({ numbers }) => numbers),
    tables: parts.flatMap(({ tables }) => tables),
    plots: [...parts.flatMap(({ plots }) => plots), ...seen],
  };
  if (parts.length === 0) return { report, content: undefined };
  const merged = (key: 'operations' | 'results'): { [name: string]: JsonValue } =>
    Object.assign({}, ...parts.map((part) => part[key])) as { [name: string]: JsonValue };
  const results = merged('results');
  const content = {
    operations: merged('operations'),
    ...(Object.keys(results).length === 0 ? {} : { results }),
  };
  return { report, content };
}
