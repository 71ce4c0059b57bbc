'use client';

import type { SkimColumns } from '@countroom/contracts';
import { Autocomplete, Button, NativeSelect, Switch } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { EmptyState } from '../../lib/states/empty-state';
import { ErrorState } from '../../lib/states/error-state';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { Panel } from '../../lib/ui/panel';
import classes from '../data/data.module.css';
import { HistogramPlot } from '../data/histogram-view';
import { PlanePlot } from '../data/plane-plot';
import { faultIn, inWords, type QueryFault } from './query-faults';
import { columnOf, planeOf } from './skim-query';
import { binChoices, binCodec, type SkimPlotState } from './use-skim';

/** A histogram of the rows that pass, over one or two expressions. */
export function SkimPlot({
  plot,
  names,
  faults,
}: {
  readonly plot: SkimPlotState;
  readonly names: SkimColumns;
  readonly faults: readonly QueryFault[];
}): ReactNode {
  const { x, y, bins, range, logarithmic, axes, counts, setX, setY, setBins, setRange, setLogarithmic } =
    plot;
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
          error={faultIn(faults, 'across')}
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
          error={faultIn(faults, 'up')}
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
          label={axes === 2 ? 'Log colours' : 'Log scale'}
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
      ) : counts.error !== null && counts.data === undefined ? (
        <ErrorState error={inWords(counts.error, axes)} retry={() => void counts.refetch()} />
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
  error,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly string[];
  readonly placeholder?: string;
  readonly error: string | undefined;
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
      error={draft === null ? error : undefined}
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
