'use client';

import { useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { ChartView } from '../../lib/chart/chart-view';
import type { Chart } from '../../lib/chart/echarts';
import { bytes, plain, si } from '../../lib/format/numbers';
import { markFrame } from '../../lib/live/frame-marks';
import { useStatuses } from '../../lib/live/status-provider';
import { useTopicAge } from '../../lib/live/use-live';
import { PlainTable } from '../../lib/table/plain-table';
import { tokensOf } from '../../lib/theme/tokens';
import { Panel } from '../../lib/ui/panel';
import type { LivePanelProps } from '../panel';
import classes from '../panels.module.css';
import { ratesOption } from './rates-option';

/** Rate of each channel over the last second, and of all over the last minutes. */
export function RatesContainer({ detector }: LivePanelProps): ReactNode {
  const scheme = useComputedColorScheme('light');
  const live = useStatuses().list.find((each) => each.detector.name === detector);
  const rates = live?.rates ?? null;
  const ratesAtMs = live?.ratesAtMs ?? null;
  const age = useTopicAge('detector.rates', ratesAtMs);
  const chart = useRef<Chart | null>(null);
  const newest = useRef(rates);
  useEffect(() => {
    newest.current = rates;
    if (rates === null || chart.current === null) return;
    chart.current.setOption(ratesOption(rates, tokensOf(scheme).series[0] ?? ''));
    if (ratesAtMs !== null) markFrame('drawn', 'detector.rates', ratesAtMs);
  }, [rates, ratesAtMs, scheme]);
  const aside =
    rates === null ? null : (
      <span className={age.stale ? 'stale' : 'dim'}>
        {si(rates.totalHz, 'Hz')} in all, {bytes(rates.bytesPerSecond)}/s {age.text}
      </span>
    );
  return (
    <Panel title="Rates" aside={aside}>
      {rates === null ? null : (
        <PlainTable
          label="Rate per channel"
          head={['Channel', 'Source', 'n:Rate / Hz', 'n:Recorded']}
          maxHeight="220px"
        >
          {rates.channels.map((channel) => (
            <tr key={`${channel.source}/${channel.channel}`} className={age.stale ? 'stale' : undefined}>
              <td className="mono">{channel.channel}</td>
              <td>{channel.source}</td>
              <td className="num">{channel.rateHz.toFixed(1)}</td>
              <td className="num">{plain(channel.recorded)}</td>
            </tr>
          ))}
        </PlainTable>
      )}
      <div className={classes['below']}>
        <ChartView
          label={`Total rate of ${detector} over the last minutes, now ${si(rates?.totalHz, 'Hz')}`}
          height={220}
          stale={age.stale}
          empty={
            rates === null ? "No rates yet. They come from the detector's acquisition once a second." : null
          }
          readout={(x, y) => `${Math.round(-x)} s ago   ${si(y, 'Hz')}`}
          onReady={(ready) => {
            chart.current = ready;
            if (newest.current !== null) {
              ready.setOption(ratesOption(newest.current, tokensOf(scheme).series[0] ?? ''));
            }
            return () => {
              chart.current = null;
            };
          }}
        />
      </div>
    </Panel>
  );
}
