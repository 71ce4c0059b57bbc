'use client';

import { endpoints, type TreeNode } from '@countroom/contracts';
import { NativeSelect } from '@mantine/core';
import { type ReactNode, useCallback } from 'react';
import { useApi } from '../../lib/api/use-api';
import { saveCsv, saveJson } from '../../lib/chart/export';
import { plain } from '../../lib/format/numbers';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import type { Tokens } from '../../lib/theme/tokens';
import { replaceUrl, urlText, useUrlState } from '../../lib/url/url-state';
import { binWidth, columnLabel, histogramOption } from '../data/histogram-option';
import { StaticPlot } from '../data/static-plot';
import { histogramColumns } from '../data/tree-rows';
import classes from './browser.module.css';
import { cutTable, type Tier } from './tiers';

const bins = 256;

/** A histogram of a column of any tier, in which a stretch is chosen: the waveforms in it are shown. */
export function HistogramPick({
  tiers,
  table,
}: {
  readonly tiers: readonly Tier[];
  readonly table: TreeNode;
}): ReactNode {
  const [pick, setPick] = useUrlState('pick', urlText);
  const columns = tiers.flatMap((tier) => {
    const partner = cutTable(tier, table);
    return partner === undefined
      ? []
      : histogramColumns(partner)
          .filter(({ kind }) => kind === 'array')
          .map((node) => ({ token: `${tier.key}/${node.name}`, tier, node }));
  });
  const chosen = columns.find(({ token }) => token === pick);
  return (
    <details className={classes['look']} open={pick !== '' || undefined}>
      <summary>Choose in a histogram</summary>
      <div className={classes['controls']}>
        <NativeSelect
          label="Histogram of"
          value={chosen?.token ?? ''}
          data={[{ value: '', label: 'nothing' }, ...columns.map(({ token }) => token)]}
          onChange={(event) => setPick(event.currentTarget.value)}
        />
        {chosen === undefined ? null : (
          <span className="dim">Drag in it: the waveforms in that stretch are shown.</span>
        )}
      </div>
      {chosen === undefined ? null : (
        <Picked key={chosen.token} tier={chosen.tier} node={chosen.node} isOwn={chosen.tier === tiers[0]} />
      )}
    </details>
  );
}

function Picked({
  tier,
  node,
  isOwn,
}: {
  readonly tier: Tier;
  readonly node: TreeNode;
  readonly isOwn: boolean;
}): ReactNode {
  const histogram = useApi(endpoints.data.histogram, {
    params: { id: tier.dataset },
    query: { path: node.path, bins },
  });
  const { data } = histogram;
  const option = useCallback(
    (tokens: Tokens) => (data === undefined ? {} : histogramOption(data, true, tokens.series[0])),
    [data],
  );
  const choose = (range: readonly [number, number] | null): void => {
    const cut = range === null ? null : cutOf(node.name, range);
    replaceUrl({ cut, cutin: isOwn ? null : tier.key, place: null, row: null, only: null });
  };
  return (
    <QueryView query={histogram} loading={<LoadingState lines={1} height={200} />}>
      {(counts) => (
        <StaticPlot
          label={`Histogram of ${columnLabel(counts)}: ${counts.entries} entries`}
          name={`${tier.key}-${node.name}`}
          height={200}
          option={option}
          fading={false}
          onZoom={choose}
          readout={(x) => plain(x)}
          onCsv={() =>
            saveCsv(`${node.name}-histogram.csv`, [
              {
                name: `lower edge of ${columnLabel(counts)}`,
                values: counts.counts.map((_, bin) => counts.min + bin * binWidth(counts)),
              },
              { name: 'counts', values: counts.counts },
            ])
          }
          onJson={() => saveJson(`${node.name}-histogram.json`, counts)}
        />
      )}
    </QueryView>
  );
}

/** `(energy >= 1200) & (energy < 1300)`: the cut of a stretch. */
export function cutOf(column: string, [low, high]: readonly [number, number]): string {
  const text = (value: number): string => String(Number(value.toPrecision(6)));
  return `(${column} >= ${text(low)}) & (${column} < ${text(high)})`;
}
