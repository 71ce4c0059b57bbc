'use client';

import { endpoints, type TreeNode } from '@countroom/contracts';
import { Button, NumberInput } from '@mantine/core';
import { type ReactNode, useCallback, useEffect } from 'react';
import { useApi } from '../../lib/api/use-api';
import { plain } from '../../lib/format/numbers';
import { isTyping } from '../../lib/keyboard/keys';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { urlNumber, urlRange, useUrlState } from '../../lib/url/url-state';
import classes from './data.module.css';
import { clampRow } from './waveform-curves';
import { WaveformPlot } from './waveform-plot';

const mostRows = 50;
/** Pairs of minimum and maximum asked for: up to twice as many samples come unchanged. */
const fewPoints = 8000;
const manyPoints = 500;

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
  const [zoom, setZoom] = useUrlState('zoom', urlRange);
  const ask = { path: node.path, from: row, count: overlay, points: overlay > 10 ? manyPoints : fewPoints };
  const whole = useApi(
    endpoints.data.waveforms,
    { params: { id: dataset }, query: ask },
    { keepPrevious: true },
  );
  // What was left out of the whole is asked for where the reader looks closer.
  const partial = zoom !== null && whole.data?.waveforms.some(({ decimated }) => decimated) === true;
  const part = useApi(
    endpoints.data.waveforms,
    {
      params: { id: dataset },
      query: { ...ask, ...(zoom === null ? {} : { min: zoom[0], max: zoom[1] }) },
    },
    { enabled: partial, keepPrevious: true },
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
      <QueryView query={whole} loading={<LoadingState lines={1} height={400} />}>
        {(data) => (
          <WaveformPlot
            whole={data}
            preview={partial ? (part.data ?? data) : data}
            zoom={zoom}
            onZoom={setZoom}
            fading={whole.isPlaceholderData || (partial && (part.isPlaceholderData || part.isPending))}
          />
        )}
      </QueryView>
    </>
  );
}
