import { expressionNames } from '@countroom/expressions';
import { StageError } from '@countroom/pipeline';
import type { SkimCut, SkimOptions } from './skim-options.js';

/** Name of the stage, for error texts. */
export const stage = 'skim';

/** A column to write: what it is called (undefined: after the column that it is) and what it is made of. */
export interface ColumnText {
  readonly name: string | undefined;
  readonly expression: string;
  /** Where it stands, for error texts. */
  readonly place: string;
}

const named = /^\s*([A-Za-z_]\w*)\s*=(?!=)\s*(.+)$/s;
const plain = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/;

/** The tier of a name such as `hit.energy`; empty when it has none. */
export function tierOf(name: string): string {
  const cut = name.indexOf('.');
  return cut < 0 ? '' : name.slice(0, cut);
}

/** Whether a text is the name of one column. */
export function isPlain(text: string): boolean {
  return plain.test(text);
}

/** Reads `hit.energy`, `dsp.*` or `name = expression`. */
export function columnText(text: string, index: number): ColumnText {
  const found = named.exec(text);
  const place = `columns.${index}`;
  return found === null
    ? { name: undefined, expression: text.trim(), place }
    : { name: found[1], expression: found[2]!.trim(), place };
}

/** Cuts in one form, each with its place for error texts. */
export function cutTexts({ cuts }: Pick<SkimOptions, 'cuts'>): (SkimCut & { readonly place: string })[] {
  return cuts.map((cut, i) => ({
    ...(typeof cut === 'string' ? { cut, join: 'refine' as const } : cut),
    place: `cuts.${i}`,
  }));
}

/** Names in an expression. Throws a StageError with the place when it cannot be read. */
export function namesAt(place: string, expression: string): string[] {
  if (/^[A-Za-z_]\w*\.\*$/.test(expression)) return [expression];
  try {
    return expressionNames(expression).filter((name) => !/^(np|numpy|ak)\./.test(name));
  } catch (cause) {
    throw faultAt(place, cause);
  }
}

/** A fault at a place of the options. */
export function faultAt(place: string, cause: unknown): StageError {
  const text = cause instanceof Error ? cause.message : String(cause);
  const why = text.startsWith(`${stage}: `) ? text.slice(stage.length + 2) : text;
  return new StageError(stage, `${place}: ${why}`, [{ path: place, message: why }], cause);
}

/** Tiers that hold tables of channels, as opposed to events, the map, facts and joined tables. */
const notHits = new Set(['evt', 'tcm', 'run', 'np', 'numpy', 'ak', '']);

/** What a query needs to be read, so that nothing else is. */
export interface SkimNeeds {
  /** Tiers with a table per channel, in the order in which they are named. */
  readonly hitTiers: readonly string[];
  readonly events: boolean;
  readonly map: boolean;
  /** Names of facts of the run, without `run.`. */
  readonly facts: readonly string[];
  /** Every tier whose file is read, those of joined tables included. */
  readonly tiers: readonly string[];
}

/** What a query reads. Texts that cannot be read are left out when `lenient`: planning tells their fault. */
export function needsOf(options: SkimOptions, lenient = false): SkimNeeds {
  const texts = [
    ...options.columns.map((text, i) => columnText(text, i)),
    ...cutTexts(options).map(({ cut, place }) => ({ expression: cut, place })),
    ...options.joins.map(({ to }, i) => ({ expression: to, place: `joins.${i}.to` })),
  ];
  const names = texts.flatMap(({ expression, place }) => {
    try {
      return namesAt(place, expression);
    } catch (error) {
      if (lenient) return [];
      throw error;
    }
  });
  const joined = new Set(options.joins.map(({ name }) => name));
  const tiers = new Set(names.map(tierOf));
  const hitTiers = [...tiers].filter((tier) => !notHits.has(tier) && !joined.has(tier));
  const events = tiers.has('evt');
  const ofHits = hitTiers.length > 0 || options.tables.length > 0;
  const mapNames =
    options.rows === 'hits' ? ['tcm.index'] : ['tcm.table_key', 'tcm.row_in_table', 'tcm.index'];
  const map =
    names.some((name) => mapNames.includes(name)) ||
    (options.keep === 'events' && options.rows === 'hits') ||
    (options.rows === 'hits' ? events : ofHits);
  // Rows of hits are counted by a tier; without one, by the map.
  const counted = map || hitTiers.length > 0 || (options.rows === 'events' && events);
  const facts = names.filter((name) => tierOf(name) === 'run').map((name) => name.slice(4));
  return {
    hitTiers,
    events,
    map: map || !counted,
    facts: [...new Set(facts)],
    tiers: [
      ...new Set([
        ...hitTiers,
        ...(events ? ['evt'] : []),
        ...(map || !counted ? ['tcm'] : []),
        ...options.joins.map(({ from }) => from),
      ]),
    ],
  };
}
