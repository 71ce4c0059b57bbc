'use client';

import type { SkimColumns } from '@countroom/contracts';
import { NativeSelect, NumberInput, TagsInput, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Fields, Stacked } from '../../lib/ui/layout';
import { Panel } from '../../lib/ui/panel';
import { faultIn, type QueryFault } from './query-faults';
import type { SkimForm } from './skim-query';

const mono = { input: { fontFamily: 'var(--mantine-font-family-monospace)' } };

/** Columns, cuts, channels: what a query is made of. Changes are taken when a field is left. */
export function SkimFields({
  form,
  names,
  faults,
  onChange,
}: {
  readonly form: SkimForm;
  /** What there is to name. */
  readonly names: SkimColumns;
  readonly faults: readonly QueryFault[];
  readonly onChange: (change: Partial<SkimForm>) => void;
}): ReactNode {
  const [cuts, setCuts] = useState<string | null>(null);
  const all = names.tiers.flatMap(({ columns }) => columns.map(({ name }) => name));
  const example = names.tiers.find(({ tier }) => ['hit', 'dsp', 'raw'].includes(tier))?.columns[0]?.name;
  return (
    <Panel title="Query">
      <Stacked>
        <TagsInput
          label="Columns"
          description="Choose, or write name = expression; Enter after each. hit.* stands for all of a tier"
          placeholder={form.columns.length === 0 ? (example ?? '') : ''}
          data={names.tiers.map(({ tier, columns }) => ({
            group: tier,
            items: columns.map(({ name }) => name),
          }))}
          value={[...form.columns]}
          error={faultIn(faults, 'columns')}
          onChange={(columns) => onChange({ columns })}
          splitChars={[]}
          maxDropdownHeight={320}
          limit={200}
          clearable
          clearButtonProps={{ 'aria-label': 'Clear columns' }}
          styles={mono}
        />
        <Textarea
          label="Cuts"
          description={'One per line, over columns of any tier; "or" in front adds the rows that pass it'}
          placeholder={`${example ?? 'hit.energy'} > 0`}
          autosize
          minRows={2}
          maxRows={10}
          spellCheck={false}
          autoCapitalize="off"
          styles={mono}
          value={cuts ?? form.cuts}
          error={cuts === null || cuts === form.cuts ? faultIn(faults, 'cuts') : undefined}
          onChange={(event) => setCuts(event.currentTarget.value)}
          onBlur={() => {
            if (cuts !== null) onChange({ cuts: cuts.trim() });
            setCuts(null);
          }}
        />
        <Fields>
          <NativeSelect
            label="One row per"
            data={[
              { value: 'hits', label: 'Hit' },
              { value: 'events', label: 'Event, hits as lists' },
            ]}
            value={form.rows}
            onChange={(event) =>
              onChange({ rows: event.currentTarget.value === 'events' ? 'events' : 'hits' })
            }
          />
          <NativeSelect
            label="Hits to keep"
            data={[
              { value: 'passing', label: 'Those that pass' },
              { value: 'events', label: 'All of events in which one passes' },
            ]}
            value={form.keep}
            onChange={(event) =>
              onChange({ keep: event.currentTarget.value === 'events' ? 'events' : 'passing' })
            }
          />
          <TagsInput
            label="Channels"
            placeholder={form.channels.length === 0 ? 'All' : ''}
            data={[...names.channels]}
            value={[...form.channels]}
            error={faultIn(faults, 'channels')}
            onChange={(channels) => onChange({ channels })}
            clearable
            clearButtonProps={{ 'aria-label': 'All channels' }}
          />
          <NumberInput
            label="Random sample"
            description="Rows; empty: all"
            min={1}
            max={10_000_000}
            allowDecimal={false}
            value={form.sample ?? ''}
            onChange={(value) => onChange({ sample: value === '' ? null : Number(value) })}
          />
        </Fields>
        <p className="dim" role="status">
          {`${all.length} names of ${names.tiers.map(({ tier }) => tier).join(', ')}`}
          {names.runs > 1 ? ', those of the first run' : ''}
          {names.empty.length === 0
            ? ''
            : `. Without data that can be read: ${names.empty.map(({ detector, number }) => `${detector}/${number}`).join(', ')}`}
        </p>
      </Stacked>
    </Panel>
  );
}
