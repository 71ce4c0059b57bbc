'use client';

import { useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ChartView } from '../../lib/chart/chart-view';
import type { Chart } from '../../lib/chart/echarts';
import { saveCsv, saveFile } from '../../lib/chart/export';
import { usePainter } from '../../lib/chart/use-painter';
import { plain } from '../../lib/format/numbers';
import { useLiveFrames, useTopicAge } from '../../lib/live/use-live';
import { tokensOf } from '../../lib/theme/tokens';
import { Panel } from '../../lib/ui/panel';
import { urlChoice, urlFlag, urlList, urlRange } from '../../lib/url/url-state';
import { channelLabel, shownKeys, sortedKeys } from '../channel-keys';
import { useFrameFacts } from '../frame-facts';
import { useLag } from '../lag';
import type { LivePanelProps } from '../panel';
import { usePanelState } from '../panel-state';
import { PanelStatus } from '../panel-status';
import { PlotTools } from '../plot-tools';
import { applySpectrumFrame, binAt, rebin, type SpectrumState } from './prepare';
import { SpectrumControls } from './spectrum-controls';
import { type SpectrumReference, spectrumOption } from './spectrum-option';

const rebinnings = ['1', '2', '4', '8', '16'] as const;
const rebinCodec = urlChoice(rebinnings);
const logCodec = urlFlag();

/** Energy spectrum of the run so far, as acquisition estimates it while data is taken. */
export function SpectrumContainer({ detector }: LivePanelProps): ReactNode {
  const scheme = useComputedColorScheme('light');
  const [chosen, setChosen] = usePanelState('spectrum', 'channels', urlList);
  const [logarithmic, setLogarithmic] = usePanelState('spectrum', 'log', logCodec);
  const [rebinning, setRebinning] = usePanelState('spectrum', 'rebin', rebinCodec);
  const [range, setRange] = usePanelState('spectrum', 'range', urlRange);
  const [held, setHeld] = useState(false);
  const [reference, setReference] = useState<SpectrumReference | null>(null);
  const [facts, setFacts] = useFrameFacts();
  const [lag, noteLost] = useLag();
  const [refused, setRefused] = useState('');
  const [attempt, setAttempt] = useState(0);
  const chart = useRef<Chart | null>(null);
  // Frames are applied also while held, so that letting go shows the spectrum of now.
  const state = useRef<SpectrumState | null>(null);
  const age = useTopicAge('detector.spectrum', facts.dataAtMs);
  const factor = Number(rebinning);
  const keys = (): readonly string[] => sortedKeys(state.current?.channels.keys() ?? []);

  const paint = usePainter(() => {
    if (state.current === null) return;
    const all = keys();
    chart.current?.setOption(
      spectrumOption({
        state: state.current,
        shown: shownKeys(all, chosen),
        all,
        reference,
        rebinning: factor,
        logarithmic,
        range,
        colors: tokensOf(scheme).series,
      }),
      { replaceMerge: ['series'] },
    );
  });
  useLiveFrames(
    'detector.spectrum',
    { detector },
    (frame) => {
      setRefused('');
      const next = applySpectrumFrame(state.current, frame.header, frame.payload, frame.sequence);
      if (next === null) {
        setAttempt((before) => before + 1);
        return undefined;
      }
      state.current = next;
      const entries = [...next.channels.values()].reduce((sum, channel) => sum + channel.entries, 0);
      noteLost(frame.dropped);
      setFacts({
        dataAtMs: frame.dataAtMs,
        channels: keys(),
        dropped: frame.dropped,
        note: `${next.run === null ? '' : `run ${next.run}, `}${plain(entries)} entries`,
      });
      return held ? undefined : paint();
    },
    setRefused,
    attempt,
  );
  const rangeKey = range?.join(',');
  useEffect(() => {
    if (!held) void paint();
  }, [chosen, reference, scheme, logarithmic, factor, rangeKey, held, paint]);

  const readout = (x: number): string => {
    const now = state.current;
    const bin = now === null ? null : binAt(now, x);
    if (now === null || bin === null) return '';
    const all = keys();
    const counts = shownKeys(all, chosen).map((key) => {
      const binned = now.channels.get(key)?.counts ?? new Uint32Array(0);
      const from = bin - (bin % factor);
      return `${channelLabel(key, all)}: ${plain(rebin(binned.subarray(from, from + factor), factor)[0])}`;
    });
    return [`${plain(x)} ${now.unit}`, ...counts].join('   ');
  };
  const exportCsv = (): void => {
    const now = state.current;
    if (now === null) return;
    const width = ((now.max - now.min) / now.bins) * factor;
    const rows = Math.ceil(now.bins / factor);
    saveCsv(`${detector}-spectrum.csv`, [
      {
        name: `lower edge / ${now.unit}`,
        values: Float64Array.from({ length: rows }, (_, bin) => now.min + bin * width),
      },
      ...shownKeys(keys(), chosen).map((key) => ({
        name: `${key} counts`,
        values: rebin(now.channels.get(key)?.counts ?? new Uint32Array(now.bins), factor),
      })),
    ]);
  };
  const keepReference = (): SpectrumReference =>
    new Map(
      [...(state.current?.channels ?? [])].map(([key, spectrum]) => [
        key,
        { counts: Uint32Array.from(spectrum.counts), entries: spectrum.entries },
      ]),
    );
  return (
    <Panel
      title="Energy spectrum"
      aside={
        <>
          <PanelStatus note={facts.note} age={age} lag={lag} held={held} />
          <PlotTools
            held={held}
            onHold={setHeld}
            hasReference={reference !== null}
            onReference={(keep) => setReference(keep ? keepReference() : null)}
            onPicture={() => {
              const url = chart.current?.getDataURL({
                pixelRatio: 2,
                backgroundColor: tokensOf(scheme).panel,
              });
              if (url !== undefined) saveFile(`${detector}-spectrum.png`, url);
            }}
            onCsv={exportCsv}
          />
        </>
      }
    >
      <SpectrumControls
        channels={facts.channels}
        chosen={chosen}
        onChosen={setChosen}
        logarithmic={logarithmic}
        onLogarithmic={setLogarithmic}
        rebinning={rebinning}
        rebinnings={rebinnings}
        onRebinning={(text) => setRebinning(rebinCodec.read(text))}
        range={range}
        onRange={setRange}
      />
      <ChartView
        label={`Energy spectrum of ${detector}: ${facts.note}`}
        height={340}
        stale={age.stale && !held}
        held={held}
        empty={
          facts.dataAtMs !== null
            ? null
            : refused === ''
              ? 'No spectrum yet. It grows as soon as a run takes data.'
              : refused
        }
        onZoom={setRange}
        readout={readout}
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
