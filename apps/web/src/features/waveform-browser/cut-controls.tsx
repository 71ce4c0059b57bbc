'use client';

import type { TreeNode } from '@countroom/contracts';
import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { replaceUrl } from '../../lib/url/url-state';
import { CutField } from '../data/cut-field';
import { histogramColumns } from '../data/tree-rows';
import classes from './browser.module.css';
import type { BrowserAddress } from './browser-address';
import { cutTable, type Tier } from './tiers';

/** Which rows are shown: a cut over the columns of any tier whose rows are those of the waveforms, or their events. */
export function CutControls({
  address,
  table,
  tiers,
  source,
  pending,
  error,
}: {
  readonly address: BrowserAddress;
  readonly table: TreeNode;
  readonly tiers: readonly Tier[];
  readonly source: Tier | undefined;
  readonly pending: boolean;
  readonly error: unknown;
}): ReactNode {
  // One whose map is missing can be chosen to read why.
  const usable = tiers.filter((tier) => tier.missing !== null || cutTable(tier, table) !== undefined);
  const [own] = tiers;
  const partner = source === undefined ? undefined : cutTable(source, table);
  const key = source?.key ?? address.cutIn;
  return (
    <div className={classes['cut']}>
      <NativeSelect
        label="Cut in"
        className={classes['tier']}
        value={key}
        error={
          partner === undefined && !pending
            ? (source?.missing ?? `${key} has no table with the ${table.rows ?? 0} rows of ${table.path}`)
            : undefined
        }
        data={[...usable.map((tier) => tier.key), ...(usable.some((tier) => tier.key === key) ? [] : [key])]}
        onChange={(event) => {
          const next = event.currentTarget.value;
          const counts = isOfEvents(tiers, next) === isOfEvents(tiers, key);
          replaceUrl({
            cutin: next === own?.key ? null : next,
            place: null,
            ...(counts ? {} : { row: null }),
          });
        }}
      />
      <CutField
        cut={address.cut}
        columns={partner === undefined ? [] : histogramColumns(partner).map(({ name }) => name)}
        placeholder={partner === undefined ? '' : exampleOf(partner)}
        error={error}
        onCut={(cut) => replaceUrl({ cut: cut === '' ? null : cut, place: null })}
      />
    </div>
  );
}

/** Numbers of events are none of rows. */
function isOfEvents(tiers: readonly Tier[], key: string): boolean {
  return tiers.find((tier) => tier.key === key)?.link === 'events';
}

function exampleOf(table: TreeNode): string {
  const column = histogramColumns(table).find(({ kind }) => kind === 'array');
  return column === undefined ? '' : `${column.name} > 0`;
}
