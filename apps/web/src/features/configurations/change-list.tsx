import type { ReactNode } from 'react';
import type { Json } from '../../lib/form/schema-node';
import { PlainTable } from '../../lib/table/plain-table';
import { jsonDiff } from './json-diff';

/** What differs between two contents, leaf by leaf. */
export function ChangeList({
  label,
  before,
  after,
}: {
  readonly label: string;
  readonly before: Json;
  readonly after: Json;
}): ReactNode {
  const changes = jsonDiff(before, after);
  if (changes.length === 0) return <p className="dim">There is no difference.</p>;
  return (
    <PlainTable label={label} head={['Place', 'Before', 'After']}>
      {changes.map((change) => (
        <tr key={change.path}>
          <td className="mono">{change.path}</td>
          <td className="mono">{textOf(change.before)}</td>
          <td className="mono">{textOf(change.after)}</td>
        </tr>
      ))}
    </PlainTable>
  );
}

function textOf(value: Json | undefined): string {
  if (value === undefined) return '(not there)';
  const text = JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)} …` : text;
}
