'use client';

import { MultiSelect, NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { replaceUrl, urlList } from '../../lib/url/url-state';
import { timeFactor } from '../../lib/waveforms/time-unit';
import classes from './browser.module.css';
import { type BrowserAddress, changeLook } from './browser-address';
import { TemplateField } from './template-field';
import type { TierColumn } from './tiers';

/** What is asked of a column here: chains that are computed in the page have columns too. */
type Column = Pick<TierColumn, 'token' | 'units' | 'isList'>;

/** How curves are put on top of each other, and what is drawn with them. */
export function LookControls({
  address,
  columns,
  textFault,
  beside,
  timeUnit,
  children,
}: {
  readonly address: BrowserAddress;
  readonly columns: readonly Column[];
  /** What is wrong with the text of the legend. */
  readonly textFault: string | null;
  /** Paths of tables of other channels. */
  readonly beside: readonly string[];
  readonly timeUnit: string;
  /** Further controls of the look. */
  readonly children: ReactNode;
}): ReactNode {
  const { look } = address;
  const single = columns.filter(({ isList }) => !isList);
  const times = single.filter(({ units }) => timeFactor(units, timeUnit) !== null);
  const values = single.filter(({ units }) => timeFactor(units, timeUnit) === null);
  const isSet =
    look.align !== '' ||
    look.norm !== '' ||
    look.text !== '' ||
    look.lines.length + look.legend.length > 0 ||
    address.chain !== null ||
    address.xUnit !== '';
  return (
    <details className={classes['look']} open={isSet || address.beside.length > 0 || undefined}>
      <summary>Alignment, scale, lines, legend, axes and chain</summary>
      <div className={classes['controls']}>
        <NativeSelect
          label="Time 0 at"
          value={look.align}
          data={[...options({ '': 'as recorded', max: 'highest point' }, times, look.align)]}
          onChange={(event) => changeLook({ align: event.currentTarget.value })}
        />
        <NativeSelect
          label="Baseline"
          value={look.base}
          data={[...options({ '': 'as recorded', start: 'take first samples away' }, values, look.base)]}
          onChange={(event) => changeLook({ base: event.currentTarget.value })}
        />
        <NativeSelect
          label="Divide by"
          value={look.norm}
          data={[...options({ '': 'nothing', max: 'own height' }, values, look.norm)]}
          onChange={(event) => changeLook({ norm: event.currentTarget.value })}
        />
      </div>
      <div className={classes['wide']}>
        <Columns
          label="Lines at"
          help="Times as vertical lines, other values as horizontal ones"
          columns={columns}
          value={look.lines}
          onChange={(lines) => changeLook({ lines })}
        />
        <Columns
          label="Values in the legend"
          columns={columns}
          value={look.legend}
          onChange={(legend) => changeLook({ legend })}
        />
        <TemplateField
          value={look.text}
          fault={textFault}
          onChange={(text) => changeLook({ text: text.trim() })}
        />
        {beside.length === 0 ? null : (
          <MultiSelect
            label="Other channels"
            description="The same rows of tables with as many rows"
            data={[...beside]}
            value={[...address.beside]}
            searchable
            clearable
            hidePickedOptions
            onChange={(paths) => replaceUrl({ beside: urlList.write(paths) })}
          />
        )}
      </div>
      {children}
    </details>
  );
}

function Columns({
  label,
  help,
  columns,
  value,
  onChange,
}: {
  readonly label: string;
  readonly help?: string;
  readonly columns: readonly Column[];
  readonly value: readonly string[];
  readonly onChange: (tokens: readonly string[]) => void;
}): ReactNode {
  const known = new Set(columns.map(({ token }) => token));
  const unknown = value.filter((token) => !known.has(token));
  return (
    <MultiSelect
      label={label}
      description={help}
      placeholder={value.length === 0 ? 'tier/column' : ''}
      data={[
        ...columns.map(({ token, units }) => ({ value: token, label: labelOf(token, units) })),
        ...unknown,
      ]}
      value={[...value]}
      searchable
      clearable
      hidePickedOptions
      onChange={onChange}
    />
  );
}

/** Words first, then columns; one that the address names and that is not there stays to be seen. */
function* options(
  words: Readonly<Record<string, string>>,
  columns: readonly Column[],
  chosen: string,
): Generator<{ readonly value: string; readonly label: string }> {
  for (const [value, label] of Object.entries(words)) yield { value, label };
  for (const { token, units } of columns) yield { value: token, label: labelOf(token, units) };
  if (!(chosen in words) && columns.every(({ token }) => token !== chosen))
    yield { value: chosen, label: `${chosen} (not there)` };
}

function labelOf(token: string, units: string | null): string {
  return units === null || units === '' ? token : `${token} / ${units}`;
}
