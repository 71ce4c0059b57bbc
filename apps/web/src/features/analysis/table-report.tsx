import { type AnalysisReport, numberText, type ReportPlot as Plot } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { PlainTable } from '../../lib/table/plain-table';
import { Facts } from '../../lib/ui/facts';
import { Columns } from '../../lib/ui/layout';
import { Panel } from '../../lib/ui/panel';
import { ReportPlot } from './report-plot';
import { VerdictMark } from './verdict-mark';

/** Numbers, tables and plots of one table of an analysis. */
export function TableReport({ report }: { readonly report: AnalysisReport }): ReactNode {
  const [first, ...others] = report.plots;
  return (
    <Columns>
      {first === undefined ? null : (
        <Panel title={`${report.channel}: ${first.title}`} wide>
          <ReportPlot key={`${report.table}-${first.name}`} plot={first} height={360} />
        </Panel>
      )}
      <Panel title={`${report.channel}: numbers`} aside={<VerdictMark verdict={report.verdict} />}>
        <Facts items={report.numbers.map((number) => [number.label, numberText(number)])} />
      </Panel>
      <Panel title={`${report.channel}: remarks`}>
        {report.remarks.length === 0 ? <p className="dim">There is nothing to remark.</p> : null}
        <ul>
          {report.remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      </Panel>
      {report.tables.map((table) => (
        <Panel key={table.title} title={`${report.channel}: ${table.title.toLowerCase()}`} wide>
          <PlainTable
            label={table.title}
            head={table.columns.map((name, place) =>
              table.rows.some((row) => typeof row[place] === 'number') ? `n:${name}` : name,
            )}
          >
            {table.rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, place) => (
                  <td key={table.columns[place]} className={typeof cell === 'number' ? 'num' : undefined}>
                    {cell ?? '–'}
                  </td>
                ))}
              </tr>
            ))}
          </PlainTable>
        </Panel>
      ))}
      {others.map((plot: Plot) => (
        <Panel key={`${report.table}-${plot.name}`} title={plot.title}>
          <ReportPlot plot={plot} height={240} />
        </Panel>
      ))}
    </Columns>
  );
}
