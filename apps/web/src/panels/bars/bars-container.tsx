'use client';

import type { ReactNode } from 'react';
import { ChartView } from '../../lib/chart/chart-view';
import { saveCsv } from '../../lib/chart/export';
import { si } from '../../lib/format/numbers';
import { Panel } from '../../lib/ui/panel';
import { urlChoice } from '../../lib/url/url-state';
import { ChoiceField } from '../choice-field';
import type { LivePanelProps } from '../panel';
import { usePanelState } from '../panel-state';
import { PanelStatus } from '../panel-status';
import classes from '../panels.module.css';
import { meterKey } from '../readings/history';
import { useReadings } from '../readings/use-readings';
import { SaveTools } from '../save-tools';
import { usePlot } from '../use-plot';
import { barsOption } from './bars-option';

const modeCodec = urlChoice(['signed', 'absolute', 'symmetric']);

/** Height of the largest pulse in the newest record of each channel, as bars over what the channel can measure. */
export function BarsContainer({ detector }: LivePanelProps): ReactNode {
  const [mode, setMode] = usePanelState('bars', 'mode', modeCodec);
  const { frame, age, lag, empty } = useReadings(detector, 1);
  const bars = (frame?.channels ?? []).map((one) => ({ ...one, value: one.peak, name: meterKey(one) }));
  const plot = usePlot((tokens) => (bars.length === 0 ? null : barsOption(bars, mode, tokens)));
  return (
    <Panel
      title="Pulse heights"
      aside={
        <>
          <PanelStatus
            note={frame?.run === null || frame === null ? '' : `run ${frame.run}`}
            age={age}
            lag={lag}
          />
          <SaveTools
            onPicture={() => plot.savePicture(`${detector}-heights.png`)}
            onCsv={() =>
              saveCsv(`${detector}-heights.csv`, [
                { name: 'channel', values: bars.map(({ channel }) => channel) },
                { name: `height / ${bars[0]?.unit ?? ''}`, values: bars.map(({ value }) => value) },
              ])
            }
          />
        </>
      }
    >
      <div className={classes['controls']}>
        <ChoiceField
          label="Bars"
          value={mode}
          words={{ signed: 'with sign', absolute: 'absolute', symmetric: 'to both sides' }}
          onChange={(word) => setMode(modeCodec.read(word))}
        />
      </div>
      <ChartView
        label={`Pulse heights of ${detector}: ${bars.map(({ name, value, unit }) => `${name} ${si(value, unit)}`).join(', ')}`}
        height={60 + 34 * Math.max(2, bars.length)}
        stale={age.stale}
        empty={empty}
        onReady={plot.onReady}
      />
    </Panel>
  );
}
