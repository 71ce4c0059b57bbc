'use client';

import { type ColumnHistogram, endpoints, type TreeNode } from '@countroom/contracts';
import { Button, NativeSelect, NumberInput, Switch } from '@mantine/core';
import { type ReactNode, useCallback } from 'react';
import { useApi } from '../../lib/api/use-api';
import { saveCsv, saveJson } from '../../lib/chart/export';
import { plain } from '../../lib/format/numbers';
import { LoadingState } from '../../lib/states/loading-state';
import type { Tokens } from '../../lib/theme/tokens';
import { urlFlag, urlNumber, urlRange, useUrlState } from '../../lib/url/url-state';
import { CutOfView, CutQueryView, type CutState } from './cut-of-view';
import classes from './data.module.css';
import { binOf, binWidth, columnLabel, histogramOption } from './histogram-option';
import { RangeFields } from './range-fields';
import { StaticPlot } from './static-plot';

const usualBins = 512;
const binChoices = [64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384];
const logCodec = urlFlag();

/** Histogram of a column, made by the server. A zoomed range is binned anew, so that detail is not lost. */
export function HistogramView({
  dataset,
  columns,
  chosen,
  cut,
  onChoose,
}: {
  readonly dataset: string;
  readonly columns: readonly TreeNode[];
  readonly chosen: TreeNode;
  /** Empty where the column stands in no table. */
  readonly cut: CutState;
  readonly onChoose: (path: string) => void;
}): ReactNode {
  const [binsText, setBins] = useUrlState('bins', urlNumber);
  const [range, setRange] = useUrlState('range', urlRange);
  const [logarithmic, setLogarithmic] = useUrlState('log', logCodec);
  const bins = Math.min(65_536, Math.max(1, Math.floor(binsText ?? usualBins)));
  const histogram = useApi(
    endpoints.data.histogram,
    {
      params: { id: dataset },
      query: {
        path: chosen.path,
        bins,
        ...cut.query,
        ...(range === null ? {} : { min: range[0], max: range[1] }),
      },
    },
    { keepPrevious: true },
  );
  return (
    <>
      <CutOfView cut={cut} error={histogram.error} />
      <div className={classes['controls']}>
        <NativeSelect
          label="Column"
          value={chosen.path}
          data={columns.map((column) => ({ value: column.path, label: column.name }))}
          onChange={(event) => onChoose(event.currentTarget.value)}
        />
        <NumberInput
          label="Bins"
          className={classes['number']}
          min={1}
          max={65_536}
          allowDecimal={false}
          value={bins}
          onChange={(value) => {
            if (value !== '' && Number(value) >= 1)
              setBins(Number(value) === usualBins ? null : Number(value));
          }}
          list="bin-choices"
        />
        <datalist id="bin-choices">
          {binChoices.map((count) => (
            <option key={count} value={count} />
          ))}
        </datalist>
        <RangeFields
          range={range}
          full={histogram.data === undefined ? null : [histogram.data.min, histogram.data.max]}
          onRange={setRange}
        />
        <Switch
          label="Log scale"
          checked={logarithmic}
          onChange={(event) => setLogarithmic(event.currentTarget.checked)}
        />
        {range === null ? (
          <span className="dim">Drag in the plot to zoom</span>
        ) : (
          <Button variant="default" onClick={() => setRange(null)}>
            Show all
          </Button>
        )}
      </div>
      <CutQueryView query={histogram} loading={<LoadingState lines={1} height={400} />}>
        {(data) => (
          <HistogramPlot
            histogram={data}
            logarithmic={logarithmic}
            fading={histogram.isPlaceholderData}
            onZoom={setRange}
          />
        )}
      </CutQueryView>
    </>
  );
}

/** The plot with its figures; also of counts that come from elsewhere. */
export function HistogramPlot({
  histogram,
  logarithmic,
  fading,
  onZoom,
}: {
  readonly histogram: ColumnHistogram;
  readonly logarithmic: boolean;
  readonly fading: boolean;
  readonly onZoom: (range: readonly [number, number] | null) => void;
}): ReactNode {
  const option = useCallback(
    (tokens: Tokens) => histogramOption(histogram, logarithmic, tokens.series[0]),
    [histogram, logarithmic],
  );
  const unit = histogram.units ?? '';
  const name = histogram.path.replaceAll('/', '-');
  const facts: readonly (readonly [string, string])[] = [
    ['Entries', plain(histogram.entries)],
    ['Mean', `${plain(histogram.mean)} ${unit}`],
    ['Standard deviation', `${plain(histogram.stdev)} ${unit}`],
    ['Below', plain(histogram.underflow)],
    ['Above', plain(histogram.overflow)],
    ['Not a number', plain(histogram.nan)],
    ['Bin width', `${plain(binWidth(histogram))} ${unit}`],
  ];
  return (
    <>
      <StaticPlot
        label={`Histogram of ${columnLabel(histogram)}: ${histogram.entries} entries, mean ${plain(histogram.mean)}`}
        name={name}
        option={option}
        fading={fading}
        onZoom={onZoom}
        readout={(value) => {
          const bin = binOf(histogram, value);
          if (bin === null) return '';
          return `${plain(bin.from)} to ${plain(bin.to)} ${unit}   counts ${plain(bin.counts)}`;
        }}
        onCsv={() =>
          saveCsv(`${name}-histogram.csv`, [
            {
              name: `lower edge of ${columnLabel(histogram)}`,
              values: histogram.counts.map((_, bin) => histogram.min + bin * binWidth(histogram)),
            },
            { name: 'counts', values: histogram.counts },
          ])
        }
        onJson={() => saveJson(`${name}-histogram.json`, histogram)}
      />
      <dl className={classes['facts']}>
        {facts.map(([fact, value]) => (
          <div key={fact}>
            <dt>{fact}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
