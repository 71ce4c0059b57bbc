import type { ProblemIssue } from '@countroom/contracts';
import type { ShownError } from '../../lib/api/errors';
import type { Json } from '../../lib/form/schema-node';

/**
 * What the server found in a content, at the places of its form. What stands beside a fault may be what is wrong: a
 * finding is held up only as long as its neighbours are as they were sent.
 */
export function serverIssues(
  failure: ShownError | undefined,
  sent: Json | undefined,
  now: Json,
): ProblemIssue[] {
  return (failure?.issues ?? []).flatMap(({ path, message }) => {
    const place = path.replace(/^(body\.)?content(\.|$)/, '');
    const around = place.split('.').slice(0, -1);
    const same = JSON.stringify(valueAt(sent, around)) === JSON.stringify(valueAt(now, around));
    return same ? [{ path: place, message }] : [];
  });
}

function valueAt(value: Json | undefined, keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>(
    (at, key) =>
      typeof at === 'object' && at !== null ? (at as Readonly<Record<string, Json>>)[key] : undefined,
    value,
  );
}

/** What stands beside the button: what is marked in the form is not told twice. */
export function saveFault(
  failure: ShownError | undefined,
  marked: readonly ProblemIssue[],
): ShownError | undefined {
  if (failure === undefined || failure.issues.length === 0) return failure;
  if (marked.length === 0) return undefined;
  return { ...failure, message: 'This was not saved: mend first what is listed on top of the form.' };
}
