import type { Quality, RunSummary } from '@countroom/contracts';
import type { Permission } from '../../lib/api/permissions';

/** A change of many runs at once. */
export interface BulkChange {
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
  readonly quality?: Quality;
  readonly comment?: string;
  /** What they were left as: where somebody has changed one since, that stays. */
  readonly expected?: { readonly quality?: Quality; readonly comment?: string };
}

/** A change and the runs that it is for; at most as many as one call takes. */
export interface BulkCall {
  readonly ids: readonly string[];
  readonly change: BulkChange;
}

type Before = Pick<RunSummary, 'id' | 'tags' | 'quality' | 'comment'>;

const callLimit = 1000;

/** Calls that make the change. */
export function callsOf(ids: readonly string[], change: BulkChange): BulkCall[] {
  const calls: BulkCall[] = [];
  for (let from = 0; from < ids.length; from += callLimit) {
    calls.push({ ids: ids.slice(from, from + callLimit), change });
  }
  return calls;
}

/** Calls that bring every run back to what it was before the change, alike runs together; later changes stay. */
export function undoCalls(before: readonly Before[], change: BulkChange): BulkCall[] {
  const groups = new Map<string, { readonly ids: string[]; readonly change: BulkChange }>();
  for (const run of before) {
    const back = undoOf(run, change);
    const key = JSON.stringify(back);
    if (key === '{}') continue;
    const group = groups.get(key) ?? { ids: [], change: back };
    group.ids.push(run.id);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap((group) => callsOf(group.ids, group.change));
}

function undoOf(run: Before, change: BulkChange): BulkChange {
  const added = (change.addTags ?? []).filter((tag) => !run.tags.includes(tag));
  const removed = (change.removeTags ?? []).filter((tag) => run.tags.includes(tag));
  const judged = change.quality !== undefined && change.quality !== run.quality;
  const commented = change.comment !== undefined && change.comment !== run.comment;
  const expected = {
    ...(judged ? { quality: change.quality } : {}),
    ...(commented ? { comment: change.comment } : {}),
  };
  return {
    ...(removed.length === 0 ? {} : { addTags: removed }),
    ...(added.length === 0 ? {} : { removeTags: added }),
    ...(judged ? { quality: run.quality } : {}),
    ...(commented ? { comment: run.comment } : {}),
    ...(judged || commented ? { expected } : {}),
  };
}

/** Runs that may be changed, and why others may not: one reason per detector. */
export function changeable<R extends Pick<RunSummary, 'detector'>>(
  runs: readonly R[],
  permissionFor: (detector: string) => Permission,
): { readonly allowed: readonly R[]; readonly reasons: readonly string[] } {
  const detectors = [...new Set(runs.map(({ detector }) => detector))];
  const permissions = new Map(detectors.map((detector) => [detector, permissionFor(detector)]));
  return {
    allowed: runs.filter(({ detector }) => permissions.get(detector)?.allowed === true),
    reasons: [
      ...new Set([...permissions.values()].filter(({ allowed }) => !allowed).map(({ reason }) => reason)),
    ],
  };
}

/** `1 run`, `214 runs`. */
export function runCount(count: number): string {
  return count === 1 ? '1 run' : `${count} runs`;
}
