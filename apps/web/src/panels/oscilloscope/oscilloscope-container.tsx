'use client';

import { useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ChartView } from '../../lib/chart/chart-view';
import type { Chart } from '../../lib/chart/echarts';
import { saveCsv, saveFile } from '../../lib/chart/export';
import { usePainter } from '../../lib/chart/use-painter';
import { si } from '../../lib/format/numbers';
import { useLiveFrames, useTopicAge } from '../../lib/live/use-live';
import { tokensOf } from '../../lib/theme/tokens';
import { Panel } from '../../lib/ui/panel';
import { useFrameFacts } from '../frame-facts';
import { useLag } from '../lag';
import { useLatency } from '../latency';
import type { LivePanelProps } from '../panel';
import { PanelStatus } from '../panel-status';
import { SaveTools } from '../save-tools';
import { stampOf } from '../waveforms/stamp';
import { ChannelRows } from './channel-rows';
import { CursorLayer } from './cursor-layer';
import { CursorValues } from './cursor-values';
import classes from './oscilloscope.module.css';
import { type Afterglow, Phosphor } from './phosphor';
import { pictureOf } from './picture';
import { ScopeControls, type ScopeMode } from './scope-controls';
import { frontTrace, scopeOption, screen, type Trace } from './scope-option';
import { ScopeScreen } from './scope-screen';
import { secondsOf, useScopeSettings } from './scope-settings';
import { TriggerRow } from './trigger-row';
import { useTriggerLevel } from './use-trigger-level';
import { fromDivision } from './vertical';
import { rangeAfter } from './window';

const inset = `${screen.top}px ${screen.right}px ${screen.bottom}px ${screen.left}px`;

/** The newest record of each channel on one screen, with trigger, cursors, afterglow, and scales of one's own. */
export function OscilloscopeContainer({ detector }: LivePanelProps): ReactNode {
  const scheme = useComputedColorScheme('light');
  const settings = useScopeSettings();
  const { chosen, views, zoom, persist } = settings;
  const [mode, setMode] = useState<ScopeMode>('run');
  const [facts, setFacts] = useFrameFacts();
  const [lag, noteLost] = useLag();
  const [latency, noteDrawn] = useLatency();
  const [refused, setRefused] = useState('');
  const chart = useRef<Chart | null>(null);
  const glow = useRef<HTMLCanvasElement | null>(null);
  const phosphor = useRef<Phosphor | null>(null);
  const fresh = useRef<Afterglow[]>([]);
  const place = useRef('');
  const [scope] = useState(() => new ScopeScreen());
  const age = useTopicAge('detector.waveforms', facts.dataAtMs);
  const tokens = tokensOf(scheme);
  const tracesNow = (): readonly Trace[] => scope.traces(chosen, views, tokens.series);
  const frontOf = (traces: readonly Trace[]): Trace | undefined => frontTrace(traces, settings.front);

  const paint = usePainter(() => {
    const traces = tracesNow();
    const range = zoom ?? ScopeScreen.whole(traces);
    chart.current?.setOption(
      scopeOption({
        traces,
        front: frontOf(traces),
        range,
        markColor: tokens.strongBorder,
        backColor: tokens.panel,
      }),
      { replaceMerge: ['series'] },
    );
    // What glows was drawn where channels stood then.
    const now = JSON.stringify([range, traces.map(({ curve, view, color }) => [curve.key, view, color])]);
    if (now !== place.current) phosphor.current?.clear();
    place.current = now;
    if (persist !== 'off')
      phosphor.current?.draw(fresh.current, range, secondsOf(persist), performance.now());
    fresh.current = [];
  });
  useLiveFrames(
    'detector.waveforms',
    { detector },
    (frame) => {
      setRefused('');
      if (mode === 'held') return undefined;
      const count = mode === 'average' ? Number(settings.average) : 1;
      const records = scope.take(frame.header, frame.payload, count);
      const traces = tracesNow();
      fresh.current.push(
        ...records.flatMap((curve) => {
          const trace = traces.find((one) => one.curve.key === curve.key);
          return trace === undefined ? [] : [{ curve, view: trace.view, color: trace.color }];
        }),
      );
      noteLost(frame.dropped);
      setFacts({
        dataAtMs: frame.dataAtMs,
        channels: scope.keys(),
        dropped: frame.dropped,
        note: stampOf(frame.header),
      });
      if (mode === 'single') setMode('held');
      return paint().then(() => noteDrawn(frame.header));
    },
    setRefused,
  );
  useEffect(() => {
    scope.forgetMeans();
  }, [scope, mode, settings.average]);
  useEffect(() => {
    phosphor.current?.clear();
  }, [persist]);
  useEffect(() => {
    void paint();
  }, [chosen, views, zoom, settings.front, scheme, persist, paint]);

  const traces = tracesNow();
  const front = frontOf(traces);
  const whole = ScopeScreen.whole(traces);
  const range = zoom ?? whole;
  const held = mode === 'held';
  const level = useTriggerLevel(detector, traces);
  const inFront = front === undefined ? null : { view: front.view, unit: front.curve.unit };
  return (
    <Panel
      title="Oscilloscope"
      aside={
        <>
          <PanelStatus
            note={[facts.note, age.stale ? '' : latency].filter((part) => part !== '').join(', ')}
            age={age}
            lag={lag}
            held={held}
          />
          <SaveTools
            onPicture={() => {
              const url = pictureOf(chart.current, persist === 'off' ? null : glow.current, tokens.panel);
              if (url !== '') saveFile(`${detector}-oscilloscope.png`, url);
            }}
            onCsv={() =>
              saveCsv(
                `${detector}-oscilloscope.csv`,
                traces.flatMap(({ curve, label }) => [
                  { name: `${label} time / ns`, values: curve.times },
                  { name: `${label} / ${curve.unit}`, values: curve.values },
                ]),
              )
            }
          />
        </>
      }
    >
      <ScopeControls
        settings={settings}
        mode={mode}
        onMode={setMode}
        channels={facts.channels}
        names={Object.fromEntries(facts.channels.map((key) => [key, scope.labelOf(key)]))}
        range={range}
        whole={whole}
      />
      <div
        role="group"
        tabIndex={0}
        aria-label="Screen; h holds and runs, s takes a single record, plus and minus zoom, arrows move"
        onKeyDown={(event) => {
          const next = rangeAfter(event.key, range, whole);
          if (next !== null) settings.setZoom(next);
          else if (event.key === 'h') setMode(held ? 'run' : 'held');
          else if (event.key === 's') setMode('single');
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <ChartView
          label={`Newest records of ${detector}: ${traces.map(({ label }) => label).join(', ')}`}
          height={380}
          stale={age.stale && !held}
          held={held}
          empty={
            traces.length > 0
              ? null
              : refused === ''
                ? 'No record yet. They come as soon as a run takes data.'
                : refused
          }
          onZoom={settings.setZoom}
          readout={(x, division) =>
            `t = ${si(x * 1e-9, 's', 4)}   ${traces
              .map(({ label, view, curve }) => `${label} ${si(fromDivision(division, view), curve.unit, 4)}`)
              .join('   ')}`
          }
          over={
            <>
              <canvas
                ref={(canvas) => {
                  glow.current = canvas;
                  phosphor.current = canvas === null ? null : new Phosphor(canvas);
                }}
                className={classes['glow']}
                style={{
                  inset,
                  width: `calc(100% - ${screen.left + screen.right}px)`,
                  height: `calc(100% - ${screen.top + screen.bottom}px)`,
                }}
                aria-hidden
              />
              <CursorLayer
                times={settings.times}
                onTimes={settings.setTimes}
                range={range}
                heights={settings.levels}
                onHeights={settings.setLevels}
                front={inFront}
                level={level}
              />
            </>
          }
          onReady={(ready) => {
            chart.current = ready;
            void paint();
            return () => {
              chart.current = null;
            };
          }}
        />
      </div>
      <TriggerRow level={level} />
      <CursorValues times={settings.times} levels={settings.levels} front={inFront} traces={traces} />
      <ChannelRows
        traces={traces}
        views={views}
        onViews={settings.setViews}
        front={front?.curve.key}
        onFront={settings.setFront}
      />
    </Panel>
  );
}
