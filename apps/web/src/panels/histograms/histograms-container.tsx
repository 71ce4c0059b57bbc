'use client';

import { NativeSelect, Switch, useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { tick } from '../../lib/chart/axis-format';
import { ChartView } from '../../lib/chart/chart-view';
import type { Chart } from '../../lib/chart/echarts';
import { saveCsv, saveFile } from '../../lib/chart/export';
import { usePainter } from '../../lib/chart/use-painter';
import { plain, si } from '../../lib/format/numbers';
import { useLiveFrames, useTopicAge } from '../../lib/live/use-live';
import { tokensOf } from '../../lib/theme/tokens';
import { Panel } from '../../lib/ui/panel';
import { urlChoice, urlText } from '../../lib/url/url-state';
import { useFrameFacts } from '../frame-facts';
import { useLag } from '../lag';
import type { LivePanelProps } from '../panel';
import { usePanelState } from '../panel-state';
import { PanelStatus } from '../panel-status';
import classes from '../panels.module.css';
import { SaveTools } from '../save-tools';
import { decodeHistograms, type ShownHistogram, steps } from './prepare';

const scaleCodec = urlChoice(['given', 'lin', 'log']);

function isLogarithmic(scale: string, one: ShownHistogram | undefined): boolean {
  return scale === 'given' ? (one?.logarithmic ?? false) : scale === 'log';
}

/** Histograms that consumers fill, one at a time, lin or log, with mean and sigma. */
export function HistogramsContainer({ detector }: LivePanelProps): ReactNode {
  const scheme = useComputedColorScheme('light');
  const [chosen, setChosen] = usePanelState('histograms', 'of', urlText);
  const [scale, setScale] = usePanelState('histograms', 'scale', scaleCodec);
  const [facts, setFacts] = useFrameFacts();
  const [lag, noteLost] = useLag();
  const [refused, setRefused] = useState('');
  const chart = useRef<Chart | null>(null);
  const histograms = useRef<readonly ShownHistogram[]>([]);
  const age = useTopicAge('detector.histograms', facts.dataAtMs);
  const shown = (): ShownHistogram | undefined =>
    histograms.current.find(({ key }) => key === chosen) ?? histograms.current[0];

  const paint = usePainter(() => {
    const one = shown();
    if (one === undefined) return;
    const log = isLogarithmic(scale, one);
    const floor = log ? 0.5 : 0;
    chart.current?.setOption({
      animation: false,
      grid: { left: 64, right: 16, top: 24, bottom: 44 },
      xAxis: {
        type: 'value',
        name: one.unit === '' ? one.title : `${one.title} / ${one.unit}`,
        nameLocation: 'middle',
        nameGap: 26,
        min: one.min,
        max: one.max,
        axisLabel: { formatter: plain },
      },
      yAxis: {
        type: log ? 'log' : 'value',
        name: 'entries',
        min: floor,
        minInterval: 1,
        axisLabel: { formatter: tick },
      },
      series: [
        {
          id: 'histogram',
          type: 'line',
          step: 'end',
          data: steps(one, floor),
          showSymbol: false,
          silent: true,
          areaStyle: { opacity: 0.25, origin: 'start' },
          color: tokensOf(scheme).series[0],
        },
      ],
    });
  });
  useLiveFrames(
    'detector.histograms',
    { detector },
    (frame) => {
      setRefused('');
      histograms.current = decodeHistograms(frame.header, frame.payload);
      noteLost(frame.dropped);
      setFacts({
        dataAtMs: frame.dataAtMs,
        channels: histograms.current.map(({ key }) => key),
        dropped: frame.dropped,
        note: shown()?.text ?? '',
      });
      return paint();
    },
    setRefused,
  );
  useEffect(() => {
    void paint();
  }, [chosen, scale, scheme, paint]);

  const one = shown();
  return (
    <Panel
      title="Histograms of consumers"
      aside={
        <>
          <PanelStatus note={facts.note} age={age} lag={lag} />
          <SaveTools
            onPicture={() => {
              const url = chart.current?.getDataURL({
                pixelRatio: 2,
                backgroundColor: tokensOf(scheme).panel,
              });
              if (url !== undefined) saveFile(`${detector}-histogram.png`, url);
            }}
            onCsv={() => {
              const points = one === undefined ? [] : steps(one, 0).slice(0, -1);
              saveCsv(`${detector}-histogram.csv`, [
                { name: `bin from / ${one?.unit ?? ''}`, values: points.map(([x]) => x) },
                { name: 'entries', values: points.map(([, y]) => y) },
              ]);
            }}
          />
        </>
      }
    >
      {one === undefined ? null : (
        <div className={classes['controls']}>
          <label className={classes['field']}>
            Histogram
            <NativeSelect
              value={one.key}
              onChange={(event) => setChosen(event.currentTarget.value)}
              data={facts.channels.map((key) => ({
                value: key,
                label: histograms.current.find((each) => each.key === key)?.title ?? key,
              }))}
            />
          </label>
          <Switch
            size="xs"
            label="Logarithmic"
            checked={isLogarithmic(scale, one)}
            onChange={(event) => setScale(event.currentTarget.checked ? 'log' : 'lin')}
          />
        </div>
      )}
      <ChartView
        label={`Histogram ${one?.title ?? ''}, ${facts.note}`}
        height={300}
        stale={age.stale}
        empty={
          facts.channels.length > 0
            ? null
            : refused === ''
              ? 'No histogram yet. They come from consumers of the detector, such as the pulse filter.'
              : refused
        }
        readout={(x, y) => `${si(x, one?.unit ?? '')}   ${plain(Math.round(y))}`}
        onReady={(ready) => {
          chart.current = ready;
          void paint();
          return () => {
            chart.current = null;
          };
        }}
      />
    </Panel>
  );
}
