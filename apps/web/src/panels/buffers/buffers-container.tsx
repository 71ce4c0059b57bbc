'use client';

import type { BuffersFrame } from '@countroom/contracts';
import { Progress, useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { ChartView } from '../../lib/chart/chart-view';
import type { Chart } from '../../lib/chart/echarts';
import { saveCsv, saveFile } from '../../lib/chart/export';
import { group, percent, si } from '../../lib/format/numbers';
import { useLive, useTopicAge } from '../../lib/live/use-live';
import { PlainTable } from '../../lib/table/plain-table';
import { tokensOf } from '../../lib/theme/tokens';
import { Facts } from '../../lib/ui/facts';
import { Panel } from '../../lib/ui/panel';
import { useLagOf } from '../lag';
import type { LivePanelProps } from '../panel';
import { PanelStatus } from '../panel-status';
import classes from '../panels.module.css';
import { SaveTools } from '../save-tools';
import { buffersOption, historyPoints } from './buffers-option';
import { ConsumersTable } from './consumers-table';
import { deadText, headline, runFigures, windowName } from './prepare';

/** What becomes of the data between device and consumers: levels, rates, life, and who is behind. */
export function BuffersContainer({ detector }: LivePanelProps): ReactNode {
  const scheme = useComputedColorScheme('light');
  const { header, dataAtMs, dropped, refused } = useLive('detector.buffers', { detector });
  const age = useTopicAge('detector.buffers', dataAtMs);
  const lag = useLagOf(dataAtMs, dropped);
  const chart = useRef<Chart | null>(null);
  const newest = useRef(header);
  const draw = (): void => {
    if (newest.current !== null)
      chart.current?.setOption(buffersOption(newest.current, tokensOf(scheme).series[0] ?? ''));
  };
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
    newest.current = header;
    draw();
  });
  const tools = (
    <SaveTools
      onPicture={() => {
        const url = chart.current?.getDataURL({ pixelRatio: 2, backgroundColor: tokensOf(scheme).panel });
        if (url !== undefined) saveFile(`${detector}-rate.png`, url);
      }}
      onCsv={() => {
        const points = header === null ? [] : historyPoints(header);
        saveCsv(`${detector}-rate.csv`, [
          { name: 'seconds before now', values: points.map(([x]) => x) },
          { name: 'rate / Hz', values: points.map(([, y]) => y) },
        ]);
      }}
    />
  );
  return (
    <Panel
      title="Buffer manager"
      aside={
        <>
          <PanelStatus note={header === null ? '' : headline(header)} age={age} lag={lag} />
          {tools}
        </>
      }
    >
      {header === null ? null : (
        <>
          <Figures frame={header} stale={age.stale} />
          <div className={classes['below']}>
            <Facts items={runFigures(header)} />
          </div>
          <Levels frame={header} />
        </>
      )}
      <div className={classes['below']}>
        <ChartView
          label={`Rate of ${detector} over the last minutes, now ${si(header?.history.at(-1), 'Hz')}`}
          height={200}
          stale={age.stale}
          empty={
            header === null
              ? refused === ''
                ? "Nothing yet. The figures come from the detector's acquisition once a second."
                : refused
              : null
          }
          readout={(x, y) => `${Math.round(-x)} s ago   ${si(y, 'Hz')}`}
          onReady={(ready) => {
            chart.current = ready;
            latest.current();
            return () => {
              chart.current = null;
            };
          }}
        />
      </div>
      {header === null || header.consumers.length === 0 ? null : (
        <div className={classes['below']}>
          <ConsumersTable detector={detector} consumers={header.consumers} stale={age.stale} />
        </div>
      )}
    </Panel>
  );
}

function Figures({ frame, stale }: { readonly frame: BuffersFrame; readonly stale: boolean }): ReactNode {
  return (
    <PlainTable label="Rate and life" head={['Over', 'n:Events', 'n:Rate', 'n:Life', 'Dead time']} stacks>
      {frame.windows.map((window) => (
        <tr key={String(window.seconds)} className={stale ? 'stale' : undefined}>
          <td>{windowName(window.seconds)}</td>
          <td className="num">{group(window.events)}</td>
          <td className="num">{si(window.rateHz, 'Hz')}</td>
          <td className="num">
            {window.events === '0' && window.liveFraction === 0 ? '–' : percent(window.liveFraction)}
          </td>
          <td>{deadText(window.deadFractions)}</td>
        </tr>
      ))}
    </PlainTable>
  );
}

function Levels({ frame }: { readonly frame: BuffersFrame }): ReactNode {
  return (
    <div className={classes['below']} role="group" aria-label="Levels of the buffers">
      {frame.sources.map(({ name, fill, full, slots }) => (
        <div key={name} className={classes['level']}>
          <span>{name}</span>
          <Progress
            value={100 * fill}
            color={full ? 'red' : fill > 0.5 ? 'yellow' : 'blue'}
            aria-label={`Buffer of ${name}`}
          />
          <span className="num">
            {percent(fill, 0)} of {slots}
            {full ? ', full: the device waits' : ''}
          </span>
        </div>
      ))}
    </div>
  );
}
