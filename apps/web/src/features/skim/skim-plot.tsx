'use client';

import { endpoints, type SkimColumns } from '@countroom/contracts';
import { Autocomplete, Button, NativeSelect, Switch } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useApi } from '../../lib/api/use-api';
import { EmptyState } from '../../lib/states/empty-state';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { Panel } from '../../lib/ui/panel';
import { urlChoice, urlFlag, urlRange, urlText, useUrlState } from '../../lib/url/url-state';
import classes from '../data/data.module.css';
import { HistogramPlot } from '../data/histogram-view';
import { PlanePlot } from '../data/plane-plot';
import type { RunName } from '../process/process-path';
import { columnOf, planeOf, type Query } from './skim-query';

const binChoices = ['200', '50', '100', '400', '1000', '4000'] as const;
const binCodec = urlChoice(binChoices);
const logCodec = urlFlag();
/** Cells per side of a plot over two axes. */
const mostCells = 256;

/** A histogram of the rows that pass, over one or two expressions. */
export function SkimPlot({
  runs,
  query,
  names,
}: {
  readonly runs: readonly RunName[];
  readonly query: Query;
  readonly names: SkimColumns;
}): ReactNode {
  const [x, setX] = useUrlState('x', urlText);
  const [y, setY] = useUrlState('y', urlText);
  const [bins, setBins] = useUrlState('bins', binCodec);
  const [range, setRange] = useUrlState('range', urlRange);
  const [logarithmic, setLogarithmic] = useUrlState('log', logCodec);
  const isPlane = y !== '';
  const count = isPlane ? Math.min(mostCells, Number(bins)) : Number(bins);
  const limits = range === null ? {} : { min: range[0], max: range[1] };
  const across = { expression: x, bins: count, ...limits };
  const counts = useApi(
    endpoints.skim.histogram,
    {
      body: { runs: [...runs], query, axes: isPlane ? [{ expression: y, bins: count }, across] : [across] },
    },
    { enabled: x !== '', keepPrevious: true },
  );
  const usable = names.tiers.flatMap(({ columns }) => columns.filter(({ isNumber }) => isNumber));
  const choices = usable.map(({ name }) => name);
  return (
    <Panel title="Plot">
      <div className={classes['controls']}>
        <AxisField
          key={`x ${x}`}
          label="Across"
          value={x}
          choices={choices}
          onChange={(next) => {
            setRange(null);
            setX(next);
          }}
        />
        <AxisField
          key={`y ${y}`}
          label="Up"
          placeholder="Counts"
          value={y}
          choices={choices}
          onChange={setY}
        />
        <NativeSelect
          label="Bins"
          className={classes['number']}
          value={bins}
          data={[...binChoices].sort((a, b) => Number(a) - Number(b))}
          onChange={(event) => setBins(binCodec.read(event.currentTarget.value))}
        />
        <Switch
          label={isPlane ? 'Log colours' : 'Log scale'}
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
      {x === '' ? (
        <EmptyState title="Nothing to plot yet.">
          Write what is to be counted across: a column, or an expression such as 2*
          {choices[0] ?? 'hit.energy'}.
        </EmptyState>
      ) : (
        <QueryView query={counts} loading={<LoadingState lines={1} height={400} />}>
          {(data) =>
            data.axes.length > 1 ? (
              <PlanePlot
                plane={planeOf(data)}
                logarithmic={logarithmic}
                fading={counts.isPlaceholderData}
                onZoom={setRange}
              />
            ) : (
              <HistogramPlot
                histogram={columnOf(data)}
                logarithmic={logarithmic}
                fading={counts.isPlaceholderData}
                onZoom={setRange}
              />
            )
          }
        </QueryView>
      )}
    </Panel>
  );
}

/** An expression; taken on Enter, when the field is left, or when a name is chosen. */
function AxisField({
  label,
  value,
  choices,
  placeholder = 'hit.energy',
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly string[];
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const settle = (text: string): void => {
    setDraft(null);
    if (text.trim() !== value) onChange(text.trim());
  };
  return (
    <Autocomplete
      label={label}
      placeholder={placeholder}
      data={[...choices]}
      limit={100}
      maxDropdownHeight={320}
      value={draft ?? value}
      onChange={setDraft}
      onOptionSubmit={settle}
      onBlur={() => settle(draft ?? value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle(draft ?? value);
      }}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
    />
  );
}
