'use client';

import { type ReactNode, useState } from 'react';
import { axisUnit, largestOf } from '../../lib/chart/axis-format';
import { ChartView } from '../../lib/chart/chart-view';
import { saveCsv } from '../../lib/chart/export';
import { si } from '../../lib/format/numbers';
import { useLiveFrames } from '../../lib/live/use-live';
import { Panel } from '../../lib/ui/panel';
import { urlChoice, urlText } from '../../lib/url/url-state';
import { ChoiceField } from '../choice-field';
import type { LivePanelProps } from '../panel';
import { usePanelState } from '../panel-state';
import { PanelStatus } from '../panel-status';
import classes from '../panels.module.css';
import { meterKey, pairsOf } from '../readings/history';
import { useReadings } from '../readings/use-readings';
import { SaveTools } from '../save-tools';
import { usePlot } from '../use-plot';
import { type Curve, decodeWaveforms, mergeCurves } from '../waveforms/prepare';
import { samplePairs } from './xy-points';

const ofCodec = urlChoice(['readings', 'record']);
const readingsKept = 600;
/** Pictures of whole records per second: more would tell the eye nothing. */
const recordPauseMs = 200;

/** One channel over another: the means of the last records, or the samples of the newest one. */
export function XyContainer({ detector }: LivePanelProps): ReactNode {
  const [of, setOf] = usePanelState('xy', 'of', ofCodec);
  const [x, setX] = usePanelState('xy', 'x', urlText);
  const [y, setY] = usePanelState('xy', 'y', urlText);
  const { frame, age, lag, readings, empty } = useReadings(detector, readingsKept);
  const [curves, setCurves] = useState<ReadonlyMap<string, Curve>>(new Map());
  useLiveFrames('detector.waveforms', of === 'record' ? { detector } : null, async (news) => {
    setCurves((known) => mergeCurves(known, decodeWaveforms(news.header, news.payload)));
    await new Promise((resolve) => setTimeout(resolve, recordPauseMs));
  });
  const channels = frame?.channels ?? [];
  const keys = channels.map(meterKey);
  const shownX = keys.includes(x) ? x : (keys[0] ?? '');
  const shownY = keys.includes(y) ? y : (keys.find((key) => key !== shownX) ?? shownX);
  const unit = channels[0]?.unit ?? '';
  const curveOf = (key: string): Curve | undefined => {
    const one = channels.find((channel) => meterKey(channel) === key);
    return one === undefined ? undefined : curves.get(`${one.source}/${one.channel}`);
  };
  const [curveX, curveY] = [curveOf(shownX), curveOf(shownY)];
  const points =
    of === 'readings'
      ? pairsOf(readings, shownX, shownY, 'mean')
      : curveX === undefined || curveY === undefined
        ? []
        : samplePairs(curveX, curveY);
  const axisOf = (key: string, which: 0 | 1): object => {
    const axis = axisUnit(largestOf(points.map((point) => point[which])), unit);
    const name = [key, axis.unit].filter((part) => part !== '').join(' / ');
    return { type: 'value', scale: true, name, axisLabel: { formatter: axis.tick, hideOverlap: true } };
  };
  const plot = usePlot((tokens) => ({
    animation: false,
    grid: { left: 64, right: 20, top: 28, bottom: 44 },
    xAxis: { ...axisOf(shownX, 0), nameLocation: 'middle', nameGap: 26 },
    yAxis: {
      ...axisOf(shownY, 1),
      nameTextStyle: { align: 'left', padding: [0, 0, 0, -48] },
    },
    series: [
      {
        id: 'xy',
        type: 'line',
        data: points,
        showSymbol: of === 'readings',
        symbol: 'circle',
        symbolSize: 5,
        lineStyle: { width: 1, opacity: of === 'readings' ? 0.3 : 1 },
        silent: true,
        color: tokens.series[0],
      },
    ],
  }));
  return (
    <Panel
      title="XY"
      aside={
        <>
          <PanelStatus note={`${points.length} points`} age={age} lag={lag} />
          <SaveTools
            onPicture={() => plot.savePicture(`${detector}-xy.png`)}
            onCsv={() =>
              saveCsv(`${detector}-xy.csv`, [
                { name: `${shownX} / ${unit}`, values: points.map(([value]) => value) },
                { name: `${shownY} / ${unit}`, values: points.map(([, value]) => value) },
              ])
            }
          />
        </>
      }
    >
      <div className={classes['controls']}>
        <ChoiceField
          label="Across"
          value={shownX}
          words={Object.fromEntries(keys.map((key) => [key, key]))}
          onChange={setX}
        />
        <ChoiceField
          label="Up"
          value={shownY}
          words={Object.fromEntries(keys.map((key) => [key, key]))}
          onChange={setY}
        />
        <ChoiceField
          label="Of"
          value={of}
          words={{ readings: 'means of the last records', record: 'samples of the newest record' }}
          onChange={(word) => setOf(ofCodec.read(word))}
        />
      </div>
      <ChartView
        label={`${shownY} over ${shownX} of ${detector}`}
        height={300}
        stale={age.stale}
        empty={empty}
        readout={(a, b) => `${si(a, unit)}   ${si(b, unit)}`}
        onReady={plot.onReady}
      />
    </Panel>
  );
}
