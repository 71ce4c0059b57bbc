'use client';

import { NativeSelect, useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ChartView } from '../../lib/chart/chart-view';
import type { Chart } from '../../lib/chart/echarts';
import { saveCsv, saveFile } from '../../lib/chart/export';
import { usePainter } from '../../lib/chart/use-painter';
import { si } from '../../lib/format/numbers';
import { useLiveFrames, useTopicAge } from '../../lib/live/use-live';
import { tokensOf } from '../../lib/theme/tokens';
import { Panel } from '../../lib/ui/panel';
import { urlChoice, urlList } from '../../lib/url/url-state';
import { ChannelChoice } from '../channel-choice';
import { channelLabel, shownKeys, sortedKeys } from '../channel-keys';
import { useFrameFacts } from '../frame-facts';
import { useLag } from '../lag';
import type { LivePanelProps } from '../panel';
import { usePanelState } from '../panel-state';
import { PanelStatus } from '../panel-status';
import classes from '../panels.module.css';
import { PlotTools } from '../plot-tools';
import { useLiveView } from './look-fields';
import { inShape, Persistence } from './overlay';
import { type Curve, decodeWaveforms, mergeCurves, RunningMean } from './prepare';
import { stampOf } from './stamp';
import { waveformsOption } from './waveforms-option';

const averages = ['1', '8', '32', '128'] as const;
const averageCodec = urlChoice(averages);
/** Waveforms of each channel that are kept, for those who want to see them over each other. */
const mostKept = 32;

/** The newest waveform of each channel, as fast as this page can draw them. */
export function WaveformsContainer({ detector }: LivePanelProps): ReactNode {
  const scheme = useComputedColorScheme('light');
  const [chosen, setChosen] = usePanelState('waveforms', 'channels', urlList);
  const [average, setAverage] = usePanelState('waveforms', 'average', averageCodec);
  const [held, setHeld] = useState(false);
  const [reference, setReference] = useState<ReadonlyMap<string, Curve> | null>(null);
  const [facts, setFacts] = useFrameFacts();
  const [lag, noteLost] = useLag();
  const [refused, setRefused] = useState('');
  const chart = useRef<Chart | null>(null);
  const curves = useRef<ReadonlyMap<string, Curve>>(new Map());
  const means = useRef(new Map<string, RunningMean>());
  const persistence = useRef(new Persistence());
  const { overlay, look, fields } = useLiveView();
  const run = useRef<number | null>(null);
  const age = useTopicAge('detector.waveforms', facts.dataAtMs);

  const keys = (): readonly string[] => sortedKeys(curves.current.keys());
  const shown = (): readonly Curve[] =>
    shownKeys(keys(), chosen).flatMap((key) => curves.current.get(key) ?? []);
  const paint = usePainter(() => {
    chart.current?.setOption(
      waveformsOption({
        curves: shown().map((curve) => inShape(curve, look)),
        before: shown().flatMap(({ key }) =>
          persistence.current.before(key, overlay).map((curve) => inShape(curve, look)),
        ),
        reference:
          reference === null
            ? null
            : new Map([...reference].map(([key, curve]) => [key, inShape(curve, look)])),
        look,
        channels: keys(),
        colors: tokensOf(scheme).series,
        markColor: tokensOf(scheme).strongBorder,
      }),
      { replaceMerge: ['series'] },
    );
  });

  useLiveFrames(
    'detector.waveforms',
    { detector },
    (frame) => {
      setRefused('');
      if (held) return undefined;
      const decoded = decodeWaveforms(frame.header, frame.payload);
      if (frame.header.run !== run.current) {
        run.current = frame.header.run;
        curves.current = new Map();
        means.current = new Map();
        persistence.current.clear();
      }
      persistence.current.add(decoded, mostKept);
      const count = Number(average);
      curves.current = mergeCurves(
        curves.current,
        count === 1 ? decoded : decoded.map((curve) => averaged(curve, count, means.current)),
      );
      noteLost(frame.dropped);
      setFacts({
        dataAtMs: frame.dataAtMs,
        channels: keys(),
        dropped: frame.dropped,
        note: stampOf(frame.header),
      });
      return paint();
    },
    setRefused,
  );
  useEffect(() => {
    means.current = new Map();
    persistence.current.clear();
  }, [average, detector]);
  useEffect(() => {
    void paint();
  }, [chosen, reference, scheme, overlay, look, paint]);

  const tools = (
    <PlotTools
      held={held}
      onHold={setHeld}
      hasReference={reference !== null}
      onReference={(keep) =>
        setReference(
          keep
            ? new Map(
                shown().map((curve) => [curve.key, { ...curve, values: Float64Array.from(curve.values) }]),
              )
            : null,
        )
      }
      onPicture={() => {
        const url = chart.current?.getDataURL({ pixelRatio: 2, backgroundColor: tokensOf(scheme).panel });
        if (url !== undefined) saveFile(`${detector}-waveforms.png`, url);
      }}
      onCsv={() =>
        saveCsv(
          `${detector}-waveforms.csv`,
          shown()
            .map((curve) => inShape(curve, look))
            .flatMap((curve) => [
              { name: `${curve.key} time / ns`, values: curve.times },
              { name: `${curve.key} / ${curve.unit}`, values: curve.values },
            ]),
        )
      }
    />
  );
  const empty = facts.channels.length === 0;
  return (
    <Panel
      title="Waveforms"
      aside={
        <>
          <PanelStatus note={facts.note} age={age} lag={lag} held={held} />
          {tools}
        </>
      }
    >
      <div className={classes['controls']}>
        <ChannelChoice channels={facts.channels} chosen={chosen} onChange={setChosen} />
        <label className={classes['field']}>
          Average
          <NativeSelect
            value={average}
            onChange={(event) => setAverage(averageCodec.read(event.currentTarget.value))}
            data={averages.map((count) => ({ value: count, label: count === '1' ? 'off' : `last ${count}` }))}
          />
        </label>
        {fields}
      </div>
      <ChartView
        label={`Newest waveforms of ${detector}, ${facts.channels.map((key) => channelLabel(key, facts.channels)).join(', ')}`}
        height={360}
        stale={age.stale && !held}
        held={held}
        empty={
          !empty ? null : refused === '' ? 'No waveform yet. They come as soon as a run takes data.' : refused
        }
        readout={(x, y) => `t = ${si(x * 1e-9, 's', 4)}   value = ${si(y, '', 5)}`}
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

function averaged(curve: Curve, count: number, means: Map<string, RunningMean>): Curve {
  const mean = means.get(curve.key) ?? new RunningMean(count);
  means.set(curve.key, mean);
  return { ...curve, values: mean.add(curve.values) };
}
