import { mergeTrees, type ParameterTree } from './tree.js';

/**
 * What an entry does with the entries that hold from before: `append` lies over them, `reset` takes their place,
 * `replace` takes the place of the documents in `targets`, `remove` takes them away.
 */
export type ValidityMode = 'append' | 'reset' | 'replace' | 'remove';

/** Values and when they hold. */
export interface ParameterEntry {
  /** Order of those that hold from the same moment; unique. */
  readonly version: number;
  /** Name of the document, by which later entries replace or remove it. */
  readonly document: string;
  /** Channel or pattern → tree of values; not looked at when something is removed. */
  readonly content: ParameterTree;
  readonly mode: ValidityMode;
  /** Documents that `replace` and `remove` take away. */
  readonly targets: readonly string[];
  /** Kind of data that it is for, such as `cal`; `all` for every kind that has no entries of its own. */
  readonly category: string;
  /** Milliseconds since 1970, UTC. */
  readonly validFrom: number;
  /** The moment from which it does not hold any more; null: for ever. */
  readonly validTo: number | null;
  /** First and last run that it is for, both included; null: no limit. */
  readonly firstRun: number | null;
  readonly lastRun: number | null;
}

/** For which data values are looked up. */
export interface ValidityQuestion {
  /** Milliseconds since 1970, UTC: the beginning of the run. */
  readonly at: number;
  /** Number of the run; entries that are for certain runs hold for no other. */
  readonly run?: number;
  /** `all` when absent. */
  readonly category?: string;
}

/** Category of entries that are for every kind of data. */
export const everyCategory = 'all';

/** Entries in the order in which they take effect. */
export function inOrder<T extends Pick<ParameterEntry, 'validFrom' | 'version'>>(entries: readonly T[]): T[] {
  return [...entries].sort((a, b) => a.validFrom - b.validFrom || a.version - b.version);
}

/**
 * The entries whose values hold, lowest first. Of a kind of data that has entries of its own at that moment only those
 * count, else those of `all`. They are taken in the order of the moments from which they hold, those of one moment by
 * version, whatever the order in which they were added.
 */
export function entriesFor(entries: readonly ParameterEntry[], question: ValidityQuestion): ParameterEntry[] {
  const { at, run, category = everyCategory } = question;
  const holding = inOrder(entries).filter(
    (entry) =>
      entry.validFrom <= at && (entry.validTo === null || at < entry.validTo) && holdsForRun(entry, run),
  );
  const own = holding.filter((entry) => entry.category === category);
  const chosen = own.length > 0 ? own : holding.filter((entry) => entry.category === everyCategory);
  return chosen.reduce<ParameterEntry[]>((layers, entry) => {
    const rest = layers.filter(({ document }) => !entry.targets.includes(document));
    switch (entry.mode) {
      case 'append':
        return [...layers, entry];
      case 'reset':
        return [entry];
      case 'replace':
        return [...rest, entry];
      case 'remove':
        return rest;
    }
  }, []);
}

function holdsForRun({ firstRun, lastRun }: ParameterEntry, run: number | undefined): boolean {
  if (firstRun === null && lastRun === null) return true;
  if (run === undefined) return false;
  return (firstRun ?? run) <= run && run <= (lastRun ?? run);
}

/** The values that hold, by channel or pattern: of the entries that hold, the later over the earlier. */
export function resolveParameters(
  entries: readonly ParameterEntry[],
  question: ValidityQuestion,
): ParameterTree {
  return entriesFor(entries, question).reduce<ParameterTree>(
    (merged, { content }) => mergeTrees(merged, content),
    {},
  );
}
