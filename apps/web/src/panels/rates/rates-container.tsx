'use client';

import { Switch, useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { ChartView } from '../../lib/chart/chart-view';
import type { Chart } from '../../lib/chart/echarts';
import { saveCsv, saveFile } from '../../lib/chart/export';
import { bytes, plain, si } from '../../lib/format/numbers';
import { markFrame } from '../../lib/live/frame-marks';
import { useStatuses } from '../../lib/live/status-provider';
import { useTopicAge } from '../../lib/live/use-live';
import { PlainTable } from '../../lib/table/plain-table';
import { tokensOf } from '../../lib/theme/tokens';
import { Panel } from '../../lib/ui/panel';
import { urlFlag } from '../../lib/url/url-state';
import { useLagOf } from '../lag';
import type { LivePanelProps } from '../panel';
import { usePanelState } from '../panel-state';
import { PanelStatus } from '../panel-status';
import classes from '../panels.module.css';
import { SaveTools } from '../save-tools';
import { ratesOption, trendPoints } from './rates-option';

const logCodec = urlFlag();

/** Rate of each channel over the last second, and of all over the last minutes. */
export function RatesContainer({ detector }: LivePanelProps): ReactNode {
  const scheme = useComputedColorScheme('light');
  const live = useStatuses().list.find((each) => each.detector.name === detector);
  const rates = live?.rates ?? null;
  const ratesAtMs = live?.ratesAtMs ?? null;
  const age = useTopicAge('detector.rates', ratesAtMs);
  const lag = useLagOf(ratesAtMs, live?.ratesDropped ?? 0);
  const [logarithmic, setLogarithmic] = usePanelState('rates', 'log', logCodec);
  const chart = useRef<Chart | null>(null);
  const newest = useRef(rates);
  useEffect(() => {
    newest.current = rates;
    if (rates === null || chart.current === null) return;
    chart.current.setOption(ratesOption(rates, tokensOf(scheme).series[0] ?? '', logarithmic));
    if (ratesAtMs !== null) markFrame('drawn', 'detector.rates', ratesAtMs);
  }, [rates, ratesAtMs, scheme, logarithmic]);
  const aside =
    rates === null ? null : (
      <>
        <PanelStatus
          note={`${si(rates.totalHz, 'Hz')} in all, ${bytes(rates.bytesPerSecond)}/s`}
          age={age}
          lag={lag}
        />
        <SaveTools
          onPicture={() => {
            const url = chart.current?.getDataURL({
              pixelRatio: 2,
              backgroundColor: tokensOf(scheme).panel,
            });
            if (url !== undefined) saveFile(`${detector}-rates.png`, url);
          }}
          onCsv={() => {
            const points = trendPoints(rates);
            saveCsv(`${detector}-rates.csv`, [
              { name: 'seconds before now', values: points.map(([x]) => x) },
              { name: 'rate / Hz', values: points.map(([, rate]) => rate) },
            ]);
          }}
        />
      </>
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
              <td className="mono">{channel.label ?? channel.channel}</td>
              <td>{channel.source}</td>
              <td className="num">{channel.rateHz.toFixed(1)}</td>
              <td className="num">{plain(channel.recorded)}</td>
            </tr>
          ))}
        </PlainTable>
      )}
      <div className={classes['below']}>
        <div className={classes['controls']}>
          <Switch
            size="xs"
            label="Logarithmic"
            checked={logarithmic}
            onChange={(event) => setLogarithmic(event.currentTarget.checked)}
          />
        </div>
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
              ready.setOption(ratesOption(newest.current, tokensOf(scheme).series[0] ?? '', logarithmic));
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
