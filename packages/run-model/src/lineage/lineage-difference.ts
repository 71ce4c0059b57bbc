import type { JsonValue } from '@countroom/contracts';
import type { Lineage } from './lineage.js';

/** One thing in which two lineages of a result differ. */
export interface LineageDifference {
  /** Data kind whose making differs. */
  readonly dataKind: string;
  /** The stage that makes it (the later one). */
  readonly stage: string;
  /** `stage`: made by another stage; `version`: by another version of it; `options`; `inputs`: other kinds of inputs. */
  readonly what: 'stage' | 'version' | 'options' | 'inputs';
  /** Options that differ, as `config.processors.bl.args`, at most `most` of them; else empty. */
  readonly paths: readonly string[];
}

/** Options that are named at most. */
const most = 5;

/**
 * Why a result has to be made again: what differs between the lineage of one that is stored and the one that is asked
 * for, the result's own making first, then its inputs'. Empty for equal lineages.
 */
export function lineageDifferences(before: Lineage, after: Lineage): LineageDifference[] {
  const about = { dataKind: after.dataKind, stage: after.stage };
  if (before.stage !== after.stage) return [{ ...about, what: 'stage', paths: [] }];
  const found: LineageDifference[] = [];
  if (before.version !== after.version) found.push({ ...about, what: 'version', paths: [] });
  const paths = differingPaths(before.options, after.options, '').slice(0, most);
  if (paths.length > 0) found.push({ ...about, what: 'options', paths });
  const kinds = ({ inputs }: Lineage): string => inputs.map(({ dataKind }) => dataKind).join();
  if (kinds(before) !== kinds(after)) return [...found, { ...about, what: 'inputs', paths: [] }];
  after.inputs.forEach((input, i) => found.push(...lineageDifferences(before.inputs[i]!, input)));
  return distinct(found);
}

/** An input that several others share is told of once. */
function distinct(found: readonly LineageDifference[]): LineageDifference[] {
  return [...new Map(found.map((one) => [`${one.dataKind} ${one.what} ${one.paths.join()}`, one])).values()];
}

function differingPaths(before: JsonValue | undefined, after: JsonValue | undefined, path: string): string[] {
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) =>
      differingPaths(before[name], after[name], path === '' ? name : `${path}.${name}`),
    );
  }
  if (isList(before) && isList(after) && before.length === after.length) {
    return after.flatMap((item, i) => differingPaths(before[i], item, `${path}.${i}`));
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
}

function isObject(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] & JsonValue {
  return Array.isArray(value);
}
