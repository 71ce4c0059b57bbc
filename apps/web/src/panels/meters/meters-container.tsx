'use client';

import { NativeSelect, Progress, useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { tick } from '../../lib/chart/axis-format';
import { ChartView } from '../../lib/chart/chart-view';
import type { Chart } from '../../lib/chart/echarts';
import { saveCsv, saveFile } from '../../lib/chart/export';
import { si } from '../../lib/format/numbers';
import { useLive, useTopicAge } from '../../lib/live/use-live';
import { PlainTable } from '../../lib/table/plain-table';
import { tokensOf } from '../../lib/theme/tokens';
import { Panel } from '../../lib/ui/panel';
import type { LivePanelProps } from '../panel';
import classes from '../panels.module.css';
import { SaveTools } from '../save-tools';
import { addReading, meterKey, pairsOf, type Reading, seriesOf } from './history';

/** Voltmeter, bars, history of the last readings, or one channel over another. */
export function MetersContainer({ detector }: LivePanelProps): ReactNode {
  const scheme = useComputedColorScheme('light');
  const { header, dataAtMs, refused } = useLive('detector.meters', { detector });
  const age = useTopicAge('detector.meters', dataAtMs);
  const [over, setOver] = useState('');
  const [readings, setReadings] = useState<readonly Reading[]>([]);
  const run = useRef<number | null>(null);
  const chart = useRef<Chart | null>(null);
  useEffect(() => {
    if (header === null || dataAtMs === null) return;
    const fresh = run.current !== header.run;
    run.current = header.run;
    setReadings((known) => addReading(fresh ? [] : known, header, dataAtMs));
  }, [header, dataAtMs]);
  const keys = header?.channels.map(meterKey) ?? [];
  const unit = header?.channels[0]?.unit ?? '';
  const draw = (): void => {
    const colors = tokensOf(scheme).series;
    const shown = keys.filter((key) => key !== over);
    chart.current?.setOption(
      {
        animation: false,
        grid: { left: 64, right: 16, top: 32, bottom: 44 },
        legend: { top: 0, right: 0, left: 96, type: 'scroll' },
        xAxis: {
          type: 'value',
          name: over === '' ? 'seconds before now' : `${over} / ${unit}`,
          nameLocation: 'middle',
          nameGap: 26,
          scale: over !== '',
          axisLabel: { formatter: (value: number) => (over === '' ? String(Math.abs(value)) : tick(value)) },
        },
        yAxis: { type: 'value', name: unit, scale: true, axisLabel: { formatter: tick } },
        series: shown.map((key) => ({
          id: key,
          name: key,
          type: 'line',
          data: over === '' ? seriesOf(readings, key) : pairsOf(readings, over, key),
          showSymbol: over !== '',
          symbolSize: 4,
          silent: true,
          color: colors[keys.indexOf(key) % Math.max(1, colors.length)],
        })),
      },
      { replaceMerge: ['series'] },
    );
  };
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
    draw();
  });
  const largest = Math.max(0, ...(header?.channels ?? []).map(({ effective }) => effective));
  return (
    <Panel
      title="Voltmeter and logger"
      aside={
        <>
          <span className={age.stale ? 'stale' : 'dim'}>{age.text}</span>
          <SaveTools
            onPicture={() => {
              const url = chart.current?.getDataURL({
                pixelRatio: 2,
                backgroundColor: tokensOf(scheme).panel,
              });
              if (url !== undefined) saveFile(`${detector}-logger.png`, url);
            }}
            onCsv={() =>
              saveCsv(`${detector}-logger.csv`, [
                { name: 'time / s', values: readings.map(({ atMs }) => atMs / 1000) },
                ...keys.map((key) => ({
                  name: `${key} / ${unit}`,
                  values: readings.map(({ means }) => means[key] ?? Number.NaN),
                })),
              ])
            }
          />
        </>
      }
    >
      {header === null ? null : (
        <PlainTable
          label="Voltmeter"
          head={['Channel', 'n:Effective', 'n:Mean', 'n:Standard deviation', 'n:Peak', 'Bar']}
          maxHeight="220px"
        >
          {header.channels.map((one) => (
            <tr key={meterKey(one)} className={age.stale ? 'stale' : undefined}>
              <td>{meterKey(one)}</td>
              <td className="num">{si(one.effective, one.unit)}</td>
              <td className="num">{si(one.mean, one.unit)}</td>
              <td className="num">{si(one.sigma, one.unit, 2)}</td>
              <td className="num">{si(one.peak, one.unit)}</td>
              <td className={classes['bar']}>
                <Progress
                  value={largest > 0 ? (100 * one.effective) / largest : 0}
                  aria-label={`Effective value of ${meterKey(one)}`}
                />
              </td>
            </tr>
          ))}
        </PlainTable>
      )}
      <div className={classes['controls']}>
        <label className={classes['field']}>
          Over
          <NativeSelect
            value={over}
            onChange={(event) => setOver(event.currentTarget.value)}
            data={[{ value: '', label: 'time' }, ...keys.map((key) => ({ value: key, label: key }))]}
          />
        </label>
      </div>
      <ChartView
        label={`Last readings of ${detector}: ${keys.join(', ')}`}
        height={240}
        stale={age.stale}
        empty={
          header !== null
            ? null
            : refused === ''
              ? 'No reading yet. They come as soon as a run takes data.'
              : refused
        }
        readout={(x, y) =>
          over === '' ? `${(-x).toFixed(1)} s ago   ${si(y, unit)}` : `${si(x, unit)}   ${si(y, unit)}`
        }
        onReady={(ready) => {
          chart.current = ready;
          latest.current();
          return () => {
            chart.current = null;
          };
        }}
      />
    </Panel>
  );
}
