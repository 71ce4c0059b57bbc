'use client';

import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { axisUnit, largestOf } from '../../lib/chart/axis-format';
import { ChartView } from '../../lib/chart/chart-view';
import { saveCsv } from '../../lib/chart/export';
import { plain, si } from '../../lib/format/numbers';
import { Panel } from '../../lib/ui/panel';
import { urlChoice } from '../../lib/url/url-state';
import { ChoiceField } from '../choice-field';
import type { LivePanelProps } from '../panel';
import { usePanelState } from '../panel-state';
import { PanelStatus } from '../panel-status';
import classes from '../panels.module.css';
import { historyUnit, meterKey, type Quantity, seriesOf } from '../readings/history';
import { useReadings } from '../readings/use-readings';
import { SaveTools } from '../save-tools';
import { usePlot } from '../use-plot';

const quantityCodec = urlChoice<Quantity>(['mean', 'effective', 'peak']);
const lengthCodec = urlChoice(['120', '600', '3600']);

/** Readings of all channels over time, as a chart recorder writes them. */
export function LoggerContainer({ detector }: LivePanelProps): ReactNode {
  const [quantity, setQuantity] = usePanelState('logger', 'quantity', quantityCodec);
  const [length, setLength] = usePanelState('logger', 'length', lengthCodec);
  const [held, setHeld] = useState(false);
  const { frame, age, lag, readings, empty } = useReadings(detector, Number(length), held);
  const keys = frame?.channels.map(meterKey) ?? [];
  const unit = frame?.channels[0]?.unit ?? '';
  const span = ((readings.at(-1)?.atMs ?? 0) - (readings[0]?.atMs ?? 0)) / 1000;
  const [scale, timeUnit] = historyUnit(span);
  const values = readings.flatMap((reading) =>
    keys.map((key) => reading.values[key]?.[quantity]).filter((value) => value !== undefined),
  );
  const height = axisUnit(largestOf(values), unit);
  const plot = usePlot((tokens) => ({
    animation: false,
    grid: { left: 64, right: 16, top: 32, bottom: 44 },
    legend: { top: 0, right: 0, left: 96, type: 'scroll' },
    xAxis: {
      type: 'value',
      name: `${timeUnit} before now`,
      nameLocation: 'middle',
      nameGap: 26,
      min: Math.min(-10, -span),
      max: 0,
      axisLabel: {
        formatter: (value: number) => plain(Number(Math.abs(value / scale).toPrecision(3))),
        showMinLabel: false,
      },
    },
    yAxis: { type: 'value', name: height.unit, scale: true, axisLabel: { formatter: height.tick } },
    series: keys.map((key, index) => ({
      id: key,
      name: key,
      type: 'line',
      data: seriesOf(readings, key, quantity),
      showSymbol: false,
      silent: true,
      color: tokens.series[index % tokens.series.length],
    })),
  }));
  return (
    <Panel
      title="Data logger"
      aside={
        <>
          <PanelStatus note={`${readings.length} readings`} age={age} lag={lag} held={held} />
          <Button
            size="compact-xs"
            variant={held ? 'filled' : 'default'}
            aria-pressed={held}
            onClick={() => setHeld(!held)}
          >
            {held ? 'Paused' : 'Pause'}
          </Button>
          <SaveTools
            onPicture={() => plot.savePicture(`${detector}-logger.png`)}
            onCsv={() =>
              saveCsv(`${detector}-logger.csv`, [
                { name: 'time / s', values: readings.map(({ atMs }) => atMs / 1000) },
                ...keys.map((key) => ({
                  name: `${key} ${quantity} / ${unit}`,
                  values: readings.map(({ values }) => values[key]?.[quantity] ?? Number.NaN),
                })),
              ])
            }
          />
        </>
      }
    >
      <div className={classes['controls']}>
        <ChoiceField
          label="Write"
          value={quantity}
          words={{ mean: 'mean', effective: 'effective value', peak: 'pulse height' }}
          onChange={(word) => setQuantity(quantityCodec.read(word))}
        />
        <ChoiceField
          label="Keep"
          value={length}
          words={{ '120': 'last 120', '600': 'last 600', '3600': 'last 3 600' }}
          onChange={(word) => setLength(lengthCodec.read(word))}
        />
      </div>
      <ChartView
        label={`Last readings of ${detector}: ${keys.join(', ')}`}
        height={260}
        stale={age.stale && !held}
        held={held}
        empty={empty}
        readout={(x, y) => `${plain(Number((-x / scale).toPrecision(3)))} ${timeUnit} ago   ${si(y, unit)}`}
        onReady={plot.onReady}
      />
    </Panel>
  );
}
