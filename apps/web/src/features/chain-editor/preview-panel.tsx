'use client';

import { MultiSelect, Switch } from '@mantine/core';
import { type ReactNode, useDeferredValue, useMemo } from 'react';
import { EmptyState } from '../../lib/states/empty-state';
import { ErrorState } from '../../lib/states/error-state';
import { LoadingState } from '../../lib/states/loading-state';
import { Row, Stacked } from '../../lib/ui/layout';
import { urlFlag, urlRange, useUrlState } from '../../lib/url/url-state';
import classes from './chain-editor.module.css';
import type { ChainAnswer } from './inspector';
import { curvesOf, scalarsOf, timeOf } from './preview-curves';
import type { TimeMark } from './preview-option';
import { PreviewPlot } from './preview-plot';
import { RowChoice } from './row-choice';
import { ScalarTable } from './scalar-table';
import type { RawRows } from './use-raw-rows';

const stackedFlag = urlFlag();
const marksFlag = urlFlag(true);
const besideFlag = urlFlag();
const noMarks: readonly TimeMark[] = [];

/** What the chain makes of the chosen rows, computed in this page. */
export function PreviewPanel({
  raw,
  answer,
  isBehind,
  show,
  choices,
  other,
  comparison,
  onShow,
}: {
  readonly raw: RawRows;
  readonly answer: ChainAnswer | null;
  readonly isBehind: boolean;
  readonly show: readonly string[];
  /** Waveforms that can be drawn. */
  readonly choices: readonly string[];
  /** What another chain makes of the same rows. */
  readonly other: { readonly label: string; readonly answer: ChainAnswer | null } | null;
  /** Chooses the other chain. */
  readonly comparison: ReactNode;
  readonly onShow: (names: readonly string[]) => void;
}): ReactNode {
  const [stacked, setStacked] = useUrlState('stacked', stackedFlag);
  const [withMarks, setMarks] = useUrlState('times', marksFlag);
  const [beside, setBeside] = useUrlState('sidebyside', besideFlag);
  const [zoom, setZoom] = useUrlState('zoom', urlRange);
  const results = answer?.results ?? null;
  const curves = useMemo(
    () => (results === null ? [] : curvesOf(results, show, raw.row)),
    [results, show, raw.row],
  );
  const scalars = useMemo(() => (results === null ? [] : scalarsOf(results)), [results]);
  // Curves first: a long table of numbers may come a frame later.
  const tableScalars = useDeferredValue(scalars);
  const otherResults = other?.answer?.results ?? null;
  const otherLabel = other?.label ?? '';
  const otherCurves = useMemo(
    () =>
      otherResults === null
        ? []
        : curvesOf(otherResults, show, raw.row).map((curve) => ({ ...curve, of: otherLabel })),
    [otherResults, show, raw.row, otherLabel],
  );
  const otherScalars = useMemo(() => (otherResults === null ? [] : scalarsOf(otherResults)), [otherResults]);
  const isCompared = other !== null;
  const otherTable = useMemo(
    () => (isCompared ? { label: otherLabel, scalars: otherScalars } : null),
    [isCompared, otherLabel, otherScalars],
  );
  const together = useMemo(() => [...curves, ...otherCurves], [curves, otherCurves]);
  const outputs = useMemo(() => answer?.outputs ?? [], [answer]);
  const marks = useMemo(
    () =>
      withMarks
        ? scalars.flatMap((scalar) => {
            const at = outputs.includes(scalar.name) ? timeOf(scalar, 0) : undefined;
            const isPoint =
              answer?.variables.find(({ name }) => name === scalar.name)?.coordinate === 'point';
            return at === undefined || !isPoint || scalar.name === 'timestamp'
              ? []
              : [{ name: scalar.name, at }];
          })
        : [],
    [withMarks, scalars, outputs, answer],
  );
  if (raw.error !== null && raw.error !== undefined) return <ErrorState error={raw.error} />;
  if (raw.datasets !== undefined && raw.dataset === undefined) {
    return (
      <EmptyState title="There is no raw file yet.">
        The preview is computed on waveforms of a raw file: take a run, or import a recording and decode it.
      </EmptyState>
    );
  }
  if (raw.isLoading) return <LoadingState lines={2} height={320} />;
  return (
    <Stacked>
      <RowChoice raw={raw} />
      <Row>
        <MultiSelect
          label="Waveforms"
          style={{ flex: '1 1 280px' }}
          searchable
          clearable
          hidePickedOptions
          data={[...choices]}
          value={show.filter((name) => choices.includes(name))}
          onChange={onShow}
        />
        <Switch
          label="One below the other"
          pb={8}
          checked={stacked}
          onChange={(event) => setStacked(event.currentTarget.checked)}
        />
        <Switch
          label="Times of the outputs"
          pb={8}
          checked={withMarks}
          onChange={(event) => setMarks(event.currentTarget.checked)}
        />
        {comparison}
        {other === null ? null : (
          <Switch
            label="Side by side"
            pb={8}
            checked={beside}
            onChange={(event) => setBeside(event.currentTarget.checked)}
          />
        )}
      </Row>
      {other !== null && beside ? (
        <div className={classes['sides']}>
          {[curves, otherCurves].map((side, index) => (
            <div key={index}>
              <p className="dim">{index === 0 ? 'this chain' : other.label}</p>
              <PreviewPlot
                curves={side}
                marks={index === 0 ? marks : noMarks}
                stacked={stacked}
                zoom={zoom}
                onZoom={setZoom}
              />
            </div>
          ))}
        </div>
      ) : (
        <PreviewPlot curves={together} marks={marks} stacked={stacked} zoom={zoom} onZoom={setZoom} />
      )}
      <p className="dim" role="status" style={{ margin: 0 }}>
        {timeWords(answer, isBehind)}
      </p>
      <ScalarTable
        scalars={tableScalars}
        outputs={outputs}
        firstRow={raw.row}
        rows={results?.rows ?? 0}
        other={otherTable}
      />
    </Stacked>
  );
}

function timeWords(answer: ChainAnswer | null, isBehind: boolean): string {
  if (answer === null) return 'The kernels are being loaded.';
  if (isBehind) return 'Computing …';
  if (answer.results === null) return 'Nothing can be computed yet: see the problems of the text.';
  const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
  return `Computed here in ${ms(answer.runMs)}, resolved in ${ms(answer.planMs)}`;
}
