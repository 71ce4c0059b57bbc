'use client';

import type { WaveformsPreview } from '@countroom/contracts';
import { Button, Switch } from '@mantine/core';
import { type ReactNode, useCallback, useMemo } from 'react';
import { saveCsv } from '../../lib/chart/export';
import { plain } from '../../lib/format/numbers';
import type { Tokens } from '../../lib/theme/tokens';
import { urlFlag, urlRange, useUrlState } from '../../lib/url/url-state';
import classes from './data.module.css';
import { StaticPlot } from './static-plot';
import { baselinesOf, curvesOf, partOf, timeAxis, valueAt } from './waveform-curves';
import { rowWaveformsOption } from './waveform-option';

type Range = readonly [number, number];

const baselineCodec = urlFlag();
const asStored: ReadonlyMap<number, number> = new Map();

/** The curves, drawn over each other in one range of time. */
export function WaveformPlot({
  whole,
  preview,
  zoom,
  onZoom,
  fading,
}: {
  /** Every row from its first sample to its last, as many points as there is room for. */
  readonly whole: WaveformsPreview;
  /** What is drawn: the whole, or a part of it with more detail. */
  readonly preview: WaveformsPreview;
  readonly zoom: Range | null;
  readonly onZoom: (range: Range | null) => void;
  readonly fading: boolean;
}): ReactNode {
  const [flat, setFlat] = useUrlState('flat', baselineCodec);
  const zoomKey = zoom?.join(',') ?? null;
  const curves = useMemo(
    () =>
      curvesOf(preview, flat ? baselinesOf(whole) : asStored).map((curve) =>
        partOf(curve, urlRange.read(zoomKey)),
      ),
    [preview, whole, flat, zoomKey],
  );
  const option = useCallback(
    (tokens: Tokens) =>
      rowWaveformsOption({
        curves,
        timeUnit: preview.timeUnit,
        valueUnit: preview.valueUnit,
        zoom: urlRange.read(zoomKey),
        colors: tokens.series,
      }),
    [curves, preview, zoomKey],
  );
  const longest = Math.max(0, ...curves.map((curve) => Math.abs(curve.times.at(-1) ?? 0)));
  const axis = timeAxis(preview.timeUnit, longest);
  const decimated = preview.waveforms.some((waveform) => waveform.decimated);
  const [first] = whole.waveforms;
  const file = preview.path.replaceAll('/', '-');
  return (
    <>
      <div className={classes['controls']}>
        <Switch
          label="Take the baseline away"
          checked={flat}
          onChange={(event) => setFlat(event.currentTarget.checked)}
        />
        {zoom === null ? (
          <span className="dim">Drag in the plot to zoom, double click for all</span>
        ) : (
          <Button size="compact-xs" variant="default" onClick={() => onZoom(null)}>
            Show all
          </Button>
        )}
      </div>
      <StaticPlot
        label={`Waveforms of ${preview.path}: rows ${curves.map((curve) => curve.row).join(', ')}, ${curves[0]?.times.length ?? 0} points each`}
        name={`${file}-row${first?.row ?? 0}`}
        option={option}
        fading={fading}
        onZoom={onZoom}
        readout={(time) => {
          const values = curves
            .slice(0, 4)
            .map((curve) => `row ${curve.row}: ${plain(valueAt(curve, time))}`)
            .join('   ');
          return `t = ${plain(time / axis.scale)} ${axis.unit}   ${values}`;
        }}
        onCsv={() =>
          saveCsv(
            `${file}.csv`,
            curves.flatMap((curve) => [
              { name: `row ${curve.row} time / ${preview.timeUnit}`, values: curve.times },
              { name: `row ${curve.row} value / ${preview.valueUnit}`, values: curve.values },
            ]),
          )
        }
      />
      {first === undefined ? null : (
        <p className="dim">
          {plain(first.samples)} samples of {plain(first.dt)} {preview.timeUnit}, first at {plain(first.t0)}{' '}
          {preview.timeUnit}
          {decimated
            ? '; drawn from the smallest and largest sample of each stretch: zoom in to see each one'
            : ''}
        </p>
      )}
    </>
  );
}
