import type { JoinedInput } from '@countroom/dsp';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { PlainTable } from '../../lib/table/plain-table';
import { StatusMark } from '../../lib/ui/status-mark';
import type { FoundJoin } from './use-joined-rows';

/** Tables that the chain joins to the raw table, where they were found, and whether their rows correspond. */
export function JoinList({
  joins,
  found,
}: {
  readonly joins: readonly JoinedInput[];
  readonly found: readonly (FoundJoin | undefined)[];
}): ReactNode {
  if (joins.length === 0) return null;
  return (
    <PlainTable label="Joined tables" head={['File', 'Table', 'Columns named', 'Rows']}>
      {joins.map(({ file, group, prefix, suffix }, index) => {
        const one = found[index];
        return (
          <tr key={`${index} ${file} ${group}`}>
            <td className="mono">
              {one?.dataset === undefined ? (
                file
              ) : (
                <Link className="link" href={`/data/${one.dataset.id}?path=${encodeURIComponent(group)}`}>
                  {file}
                </Link>
              )}
            </td>
            <td className="mono">{group}</td>
            <td className="mono">{`${prefix}…${suffix}`}</td>
            <td>
              <Correspondence found={one} />
            </td>
          </tr>
        );
      })}
    </PlainTable>
  );
}

function Correspondence({ found }: { readonly found: FoundJoin | undefined }): ReactNode {
  if (found === undefined) return 'being read';
  if (found.fault !== undefined) return <StatusMark mark="alarm">{found.fault}</StatusMark>;
  return found.remark === undefined ? (
    <StatusMark mark="ok">the same events</StatusMark>
  ) : (
    <StatusMark mark="warning">{found.remark}</StatusMark>
  );
}
