import type { RecordingSummary } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { bytes, plain } from '../../lib/format/numbers';
import { PlainTable } from '../../lib/table/plain-table';
import { Facts } from '../../lib/ui/facts';
import { Stacked } from '../../lib/ui/layout';
import { StatusMark } from '../../lib/ui/status-mark';
import classes from './import.module.css';
import { atLeast, columnText, estimateText, keyText, seenText, timesText } from './recording-words';

/** What a recording is and holds, as far as it was looked at. */
export function RecordingFacts({ summary }: { readonly summary: RecordingSummary }): ReactNode {
  const { faults, isWhole } = summary;
  return (
    <Stacked>
      <Facts
        items={[
          ['Format', `${summary.title} (known by its content)`],
          ['Looked at', seenText(summary)],
          ['Records', recordsText(faults.records, isWhole)],
          ['Found wrong', <FaultMark key="faults" summary={summary} />],
        ]}
      />
      <PlainTable
        label="Streams of the recording"
        head={['Decoder', 'Keys', 'n:Rows', 'n:Rows of the whole', 'Times', 'Columns']}
        maxHeight="320px"
      >
        {summary.streams.map((stream) => (
          <tr key={stream.table}>
            <td className="mono">{stream.decoder}</td>
            <td className={`mono ${classes['columns'] ?? ''}`}>
              {keyText(
                stream.keys.map(({ key }) => key),
                stream.keyCount,
              )}
            </td>
            <td className="num">{atLeast(plain(stream.rows), isWhole)}</td>
            <td className="num">{estimateText(stream.estimatedRows, isWhole, plain)}</td>
            <td>{timesText(stream.times)}</td>
            <td className={classes['columns']}>
              <ColumnFold columns={stream.columns} />
            </td>
          </tr>
        ))}
      </PlainTable>
      {summary.facts.length === 0 ? null : (
        <details className={classes['fold']}>
          <summary>{plain(summary.facts.length)} facts of its headers</summary>
          <PlainTable label="Facts of the headers" head={['Decoder', 'Name', 'Value']} maxHeight="320px">
            {summary.facts.map((fact, index) => (
              <tr key={`${index} ${fact.name}`}>
                <td className="mono">{fact.decoder}</td>
                <td className="mono">{fact.name}</td>
                <td className={`mono ${classes['columns'] ?? ''}`}>
                  {typeof fact.value === 'string' ? fact.value : JSON.stringify(fact.value)}
                  {fact.units === null ? '' : ` ${fact.units}`}
                </td>
              </tr>
            ))}
          </PlainTable>
        </details>
      )}
    </Stacked>
  );
}

/** Columns of a table, behind their number. */
export function ColumnFold({
  columns,
}: {
  readonly columns: RecordingSummary['streams'][number]['columns'];
}): ReactNode {
  return (
    <details>
      <summary>{plain(columns.length)} columns</summary>
      <span className="mono">{columns.map(columnText).join(', ')}</span>
    </details>
  );
}

/** Whether anything is wrong in the part that was looked at. */
export function FaultMark({
  summary: { faults, isWhole },
}: {
  readonly summary: Pick<RecordingSummary, 'faults' | 'isWhole'>;
}): ReactNode {
  const where = isWhole ? '' : ' in the part that was looked at';
  if (faults.clean) return <StatusMark mark="ok">Nothing{where}</StatusMark>;
  const odd = Object.entries(faults.anomalyCounts).map(([kind, count]) => `${kind} ${plain(count)}`);
  const parts = [
    ...(faults.garbageCount === 0
      ? []
      : [`${bytes(faults.garbageBytes)} that cannot be decoded, at ${plain(faults.garbageCount)} places`]),
    ...odd,
    ...(faults.truncated ? ['it ends inside of a record'] : []),
  ];
  return (
    <StatusMark mark="warning">
      {parts.join('; ')}
      {where}
    </StatusMark>
  );
}

function recordsText(records: Readonly<Record<string, number>>, isWhole: boolean): string {
  const words = Object.entries(records).map(([type, count]) => `${type} ${atLeast(plain(count), isWhole)}`);
  return words.length === 0 ? 'none' : words.join(', ');
}
