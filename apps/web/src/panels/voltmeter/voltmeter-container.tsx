'use client';

import type { MetersFrame } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { ChartView } from '../../lib/chart/chart-view';
import { saveCsv } from '../../lib/chart/export';
import { si } from '../../lib/format/numbers';
import { PlainTable } from '../../lib/table/plain-table';
import { Panel } from '../../lib/ui/panel';
import { barsOption } from '../bars/bars-option';
import type { LivePanelProps } from '../panel';
import { PanelStatus } from '../panel-status';
import classes from '../panels.module.css';
import { meterKey } from '../readings/history';
import { useReadings } from '../readings/use-readings';
import { SaveTools } from '../save-tools';
import { usePlot } from '../use-plot';
import { noValue } from './no-value';

/** Effective value, mean, spread and peak of the newest record of each channel, and how much of the range it uses. */
export function VoltmeterContainer({ detector }: LivePanelProps): ReactNode {
  const { frame, age, lag, empty } = useReadings(detector, 1);
  const channels = frame?.channels ?? [];
  const silent = frame?.silent ?? [];
  const plot = usePlot((tokens) =>
    channels.length === 0
      ? null
      : barsOption(
          channels.map((one) => ({ ...one, value: one.mean, name: meterKey(one) })),
          'signed',
          tokens,
        ),
  );
  return (
    <Panel
      title="Voltmeter"
      aside={
        <>
          <PanelStatus
            note={frame?.run === null || frame === null ? '' : `run ${frame.run}`}
            age={age}
            lag={lag}
          />
          <SaveTools
            onPicture={() => plot.savePicture(`${detector}-voltmeter.png`)}
            onCsv={() =>
              saveCsv(`${detector}-voltmeter.csv`, [
                { name: 'channel', values: channels.map(({ channel }) => channel) },
                ...(['effective', 'mean', 'sigma', 'peak'] as const).map((name) => ({
                  name: `${name} / ${channels[0]?.unit ?? ''}`,
                  values: channels.map((one) => one[name]),
                })),
              ])
            }
          />
        </>
      }
    >
      {frame === null ? null : (
        <PlainTable
          label="Voltmeter"
          head={['Channel', 'n:Effective', 'n:Mean', 'n:Standard deviation', 'n:Peak', 'n:Range']}
          maxHeight="320px"
          stacks
        >
          {channels.map((one) => (
            <tr key={meterKey(one)} className={age.stale ? 'stale' : undefined}>
              <td>{meterKey(one)}</td>
              <td className="num">
                <strong>{si(one.effective, one.unit)}</strong>
              </td>
              <td className="num">{si(one.mean, one.unit)}</td>
              <td className="num">{si(one.sigma, one.unit, 2)}</td>
              <td className="num">{si(one.peak, one.unit)}</td>
              <td className="num">{rangeText(one)}</td>
            </tr>
          ))}
          {silent.map((one) => (
            <tr key={meterKey(one)} className="stale">
              <td>{meterKey(one)}</td>
              <td className="num" colSpan={5}>
                {noValue(one.ageS)}
              </td>
            </tr>
          ))}
        </PlainTable>
      )}
      <div className={classes['below']}>
        <ChartView
          label={`Means of ${detector}: ${channels.map((one) => `${meterKey(one)} ${si(one.mean, one.unit)}`).join(', ')}`}
          height={60 + 34 * Math.max(2, channels.length)}
          stale={age.stale}
          empty={empty}
          onReady={plot.onReady}
        />
      </div>
    </Panel>
  );
}

function rangeText({ low, high, unit }: MetersFrame['channels'][number]): string {
  if (low === null || high === null) return '–';
  return low === -high ? `±${si(high, unit)}` : `${si(low, unit)} to ${si(high, unit)}`;
}
