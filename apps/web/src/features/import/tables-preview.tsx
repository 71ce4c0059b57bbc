import type { RecordingTables } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { bytes, plain } from '../../lib/format/numbers';
import { PlainTable } from '../../lib/table/plain-table';
import { IssueList } from '../../lib/ui/issue-list';
import { Stacked } from '../../lib/ui/layout';
import { StatusMark } from '../../lib/ui/status-mark';
import classes from './import.module.css';
import { ColumnFold } from './recording-panel';
import { atLeast, estimateText, keyText, seenText } from './recording-words';
import type { TablesPreview } from './use-tables';

/** The tables that would be written, before anything is. */
export function TablesView({ preview }: { readonly preview: TablesPreview }): ReactNode {
  const { data, issues, message, old } = preview;
  if (message !== null)
    return issues.length === 0 ? (
      <p role="alert">{message}</p>
    ) : (
      <IssueList
        issues={issues.map((issue) => ({ ...issue, path: issue.path.replace(/^body\.config\./, '') }))}
      />
    );
  if (data === undefined) return <p className="dim">Looking which tables would be made …</p>;
  return (
    <div className={old ? classes['old'] : undefined}>
      <Tables tables={data} />
    </div>
  );
}

function Tables({ tables: data }: { readonly tables: RecordingTables }): ReactNode {
  const { tables, objects, unclaimed, isWhole } = data;
  const sizes = tables.map(({ estimatedBytes }) => estimatedBytes);
  const total = sizes.includes(null) ? null : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  const left = Object.entries(unclaimed);
  return (
    <Stacked>
      <p className="dim" role="status">
        {plain(tables.length)} tables,{' '}
        {total === null ? 'size not known' : estimateText(total, isWhole, bytes)} before compression, by{' '}
        {seenText(data)}
      </p>
      {left.length === 0 ? null : (
        <StatusMark mark="warning">
          Nobody asks for{' '}
          {left.map(([decoder, keys]) => `${decoder} ${keyText(keys, keys.length)}`).join('; ')}
        </StatusMark>
      )}
      <PlainTable
        label="Tables that would be written"
        head={['Table', 'Decoder', 'Keys', 'n:Rows', 'n:Rows of the whole', 'n:Size', 'Columns']}
        maxHeight="360px"
      >
        {tables.map((table) => (
          <tr key={`${table.stream}:${table.path}`}>
            <td className="mono">{table.stream === '' ? table.path : `${table.stream}:${table.path}`}</td>
            <td className="mono">{table.decoder}</td>
            <td className={`mono ${classes['columns'] ?? ''}`}>{keyText(table.keys, table.keyCount)}</td>
            <td className="num">{atLeast(plain(table.rows), isWhole)}</td>
            <td className="num">{estimateText(table.estimatedRows, isWhole, plain)}</td>
            <td className="num">{estimateText(table.estimatedBytes, isWhole, bytes)}</td>
            <td className={classes['columns']}>
              <ColumnFold columns={table.columns} />
            </td>
          </tr>
        ))}
        {objects.map((object) => (
          <tr key={`${object.stream}:${object.path} header`}>
            <td className="mono">{object.path}</td>
            <td className="mono">{object.decoder}</td>
            <td className="dim">header</td>
            <td />
            <td />
            <td />
            <td />
          </tr>
        ))}
      </PlainTable>
    </Stacked>
  );
}
