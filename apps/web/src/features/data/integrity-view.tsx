import type { ReactNode } from 'react';
import { bytes, plain } from '../../lib/format/numbers';
import { PlainTable } from '../../lib/table/plain-table';
import classes from './data.module.css';
import type { Integrity } from './integrity';
import { IntegrityMark } from './integrity-mark';

/** The integrity report of a decoded recording, to read. */
export function IntegrityView({ integrity }: { readonly integrity: Integrity }): ReactNode {
  const { records, unrequested, anomalyCounts, garbage, garbageCount, anomalies } = integrity;
  return (
    <div className={classes['report']}>
      <div>
        <IntegrityMark integrity={integrity} />{' '}
        <span className="dim">
          {[
            integrity.format,
            integrity.bytes === null ? '' : bytes(integrity.bytes),
            rowsText(integrity.rows),
          ]
            .filter((part) => part !== '')
            .join(', ')}
        </span>
      </div>
      <Counts title="Records in the recording" head="Record" counts={records} />
      <Counts title="Rows that nobody asked for" head="Decoder" counts={unrequested} />
      <Counts title="Oddities" head="Kind" counts={anomalyCounts} />
      {garbage.length === 0 ? null : (
        <div>
          <h3>Bytes that could not be decoded{cutText(garbage.length, garbageCount)}</h3>
          <PlainTable
            label="Bytes that could not be decoded"
            head={['n:Offset / byte', 'n:Length / byte', 'Why']}
            maxHeight="240px"
          >
            {garbage.map((range) => (
              <tr key={range.offset}>
                <td className="num">{plain(range.offset)}</td>
                <td className="num">{plain(range.length)}</td>
                <td>{range.reason}</td>
              </tr>
            ))}
          </PlainTable>
        </div>
      )}
      {anomalies.length === 0 ? null : (
        <div>
          <h3>Odd records{cutText(anomalies.length, sum(anomalyCounts))}</h3>
          <PlainTable
            label="Odd records"
            head={['n:Record', 'n:Offset / byte', 'Kind', 'What is odd']}
            maxHeight="240px"
          >
            {anomalies.map((anomaly, index) => (
              <tr key={`${index} ${anomaly.offset}`}>
                <td className="num">{plain(anomaly.packetId)}</td>
                <td className="num">{plain(anomaly.offset)}</td>
                <td>{anomaly.kind}</td>
                <td>{anomaly.detail}</td>
              </tr>
            ))}
          </PlainTable>
        </div>
      )}
    </div>
  );
}

function Counts({
  title,
  head,
  counts,
}: {
  readonly title: string;
  readonly head: string;
  readonly counts: Readonly<Record<string, number>>;
}): ReactNode {
  const entries = Object.entries(counts);
  if (entries.length === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <PlainTable label={title} head={[head, 'n:Count']} maxHeight="240px">
        {entries.map(([name, count]) => (
          <tr key={name}>
            <td>{name}</td>
            <td className="num">{plain(count)}</td>
          </tr>
        ))}
      </PlainTable>
    </div>
  );
}

function rowsText(rows: number | null): string {
  return rows === null ? '' : `${plain(rows)} rows`;
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function cutText(shown: number, all: number): string {
  return shown < all ? ` (the first ${plain(shown)} of ${plain(all)})` : '';
}
