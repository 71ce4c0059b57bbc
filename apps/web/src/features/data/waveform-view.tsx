'use client';

import { endpoints, type TreeNode, type WaveformsPreview } from '@countroom/contracts';
import { Button, NumberInput, Switch } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useMemo } from 'react';
import { useApi } from '../../lib/api/use-api';
import { saveCsv } from '../../lib/chart/export';
import { plain } from '../../lib/format/numbers';
import { isTyping } from '../../lib/keyboard/keys';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import type { Tokens } from '../../lib/theme/tokens';
import { urlFlag, urlNumber, urlRange, useUrlState } from '../../lib/url/url-state';
import classes from './data.module.css';
import { StaticPlot } from './static-plot';
import { clampRow, curvesOf, timeAxis, valueAt } from './waveform-curves';
import { rowWaveformsOption } from './waveform-option';

const mostRows = 50;
const baselineCodec = urlFlag();
/** Pairs of minimum and maximum asked for: up to twice as many samples come unchanged. */
const fewPoints = 8000;
const manyPoints = 1000;

/** Waveforms row by row, one or several over each other. n and p go on and back. */
export function WaveformView({
  dataset,
  node,
}: {
  readonly dataset: string;
  readonly node: TreeNode;
}): ReactNode {
  const [rowText, setRow] = useUrlState('row', urlNumber);
  const [overlayText, setOverlay] = useUrlState('overlay', urlNumber);
  const rows = node.rows ?? 0;
  const overlay = Math.min(mostRows, Math.max(1, Math.floor(overlayText ?? 1)));
  const row = clampRow(rowText ?? 0, overlay, rows);
  const go = useCallback(
    (next: number) => {
      const to = clampRow(next, overlay, rows);
      if (to !== row) setRow(to);
    },
    [overlay, rows, row, setRow],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'n') go(row + overlay);
      else if (event.key === 'p') go(row - overlay);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [go, row, overlay]);
  const preview = useApi(
    endpoints.data.waveforms,
    {
      params: { id: dataset },
      query: { path: node.path, from: row, count: overlay, points: overlay > 10 ? manyPoints : fewPoints },
    },
    { keepPrevious: true },
  );
  return (
    <>
      <div className={classes['controls']}>
        <Button variant="default" disabled={row === 0} onClick={() => go(row - overlay)}>
          Previous (p)
        </Button>
        <Button variant="default" disabled={row + overlay >= rows} onClick={() => go(row + overlay)}>
          Next (n)
        </Button>
        <NumberInput
          label="Row"
          className={classes['number']}
          hideControls
          min={0}
          max={Math.max(0, rows - 1)}
          allowDecimal={false}
          value={row}
          onChange={(value) => {
            if (value !== '') go(Number(value));
          }}
        />
        <NumberInput
          label="Overlay"
          className={classes['number']}
          min={1}
          max={mostRows}
          allowDecimal={false}
          value={overlay}
          onChange={(value) => setOverlay(Number(value) <= 1 ? null : Number(value))}
        />
        <span className="dim" role="status">
          {rows === 0
            ? 'no rows'
            : overlay === 1
              ? `row ${plain(row)} of ${plain(rows)}`
              : `rows ${plain(row)} to ${plain(Math.min(rows, row + overlay) - 1)} of ${plain(rows)}`}
        </span>
      </div>
      <QueryView query={preview} loading={<LoadingState lines={1} height={400} />}>
        {(data) => <WaveformPlot preview={data} fading={preview.isPlaceholderData} />}
      </QueryView>
    </>
  );
}

function WaveformPlot({
  preview,
  fading,
}: {
  readonly preview: WaveformsPreview;
  readonly fading: boolean;
}): ReactNode {
  const [flat, setFlat] = useUrlState('flat', baselineCodec);
  const [zoom, setZoom] = useUrlState('zoom', urlRange);
  const zoomKey = zoom?.join(',') ?? '';
  const curves = useMemo(() => curvesOf(preview, flat), [preview, flat]);
  const option = useCallback(
    (tokens: Tokens) =>
      rowWaveformsOption({
        curves,
        timeUnit: preview.timeUnit,
        valueUnit: preview.valueUnit,
        zoom: urlRange.read(zoomKey === '' ? null : zoomKey),
        colors: tokens.series,
      }),
    [curves, preview, zoomKey],
  );
  const longest = Math.max(0, ...curves.map((curve) => Math.abs(curve.times.at(-1) ?? 0)));
  const axis = timeAxis(preview.timeUnit, longest);
  const decimated = preview.waveforms.filter((waveform) => waveform.decimated).length;
  const first = preview.waveforms[0];
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
          <Button size="compact-xs" variant="default" onClick={() => setZoom(null)}>
            Show all
          </Button>
        )}
      </div>
      <StaticPlot
        label={`Waveforms of ${preview.path}: rows ${curves.map((curve) => curve.row).join(', ')}`}
        name={`${preview.path.replaceAll('/', '-')}-row${first?.row ?? 0}`}
        option={option}
        fading={fading}
        onZoom={setZoom}
        readout={(time) => {
          const values = curves
            .slice(0, 4)
            .map((curve) => `row ${curve.row}: ${plain(valueAt(curve, time))}`)
            .join('   ');
          return `t = ${plain(time / axis.scale)} ${axis.unit}   ${values}`;
        }}
        onCsv={() =>
          saveCsv(
            `${preview.path.replaceAll('/', '-')}.csv`,
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
          {decimated === 0 ? '' : '; drawn from the smallest and largest sample of each stretch'}
        </p>
      )}
    </>
  );
}
