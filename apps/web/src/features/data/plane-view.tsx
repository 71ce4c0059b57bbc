'use client';

import { endpoints, type TreeNode } from '@countroom/contracts';
import { Button, NativeSelect, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';
import { EmptyState } from '../../lib/states/empty-state';
import { LoadingState } from '../../lib/states/loading-state';
import { urlChoice, urlFlag, urlRange, urlText, useUrlState } from '../../lib/url/url-state';
import { CutOfView, CutQueryView, type CutState } from './cut-of-view';
import classes from './data.module.css';
import { PlanePlot } from './plane-plot';
import { RangeFields } from './range-fields';
import { planeColumns } from './tree-rows';

const binChoices = ['128', '32', '64', '256'] as const;
const binCodec = urlChoice(binChoices);
const logCodec = urlFlag(true);

/** How two columns of a table go together: a histogram over both, made by the server anew for every range. */
export function PlaneView({
  dataset,
  table,
  cut,
}: {
  readonly dataset: string;
  readonly table: TreeNode;
  readonly cut: CutState;
}): ReactNode {
  const columns = planeColumns(table);
  const [xName, setX] = useUrlState('x', urlText);
  const [yName, setY] = useUrlState('y', urlText);
  const [bins, setBins] = useUrlState('cells', binCodec);
  const [range, setRange] = useUrlState('range', urlRange);
  const [across, setAcross] = useUrlState('yrange', urlRange);
  const [logarithmic, setLogarithmic] = useUrlState('logcolours', logCodec);
  const x = columns.find(({ name }) => name === xName) ?? columns[0];
  const y = columns.find(({ name }) => name === yName) ?? columns.find((column) => column !== x) ?? x;
  const plane = useApi(
    endpoints.data.plane,
    {
      params: { id: dataset },
      query: {
        path: table.path,
        x: x?.name ?? '',
        y: y?.name ?? '',
        bins: Number(bins),
        ...cut.query,
        ...(range === null ? {} : { xMin: range[0], xMax: range[1] }),
        ...(across === null ? {} : { yMin: across[0], yMax: across[1] }),
      },
    },
    { keepPrevious: true, enabled: x !== undefined && y !== undefined },
  );
  if (x === undefined || y === undefined) {
    return <EmptyState title="No two columns of numbers.">Each needs one number per row.</EmptyState>;
  }
  const choices = columns.map(({ name }) => name);
  return (
    <>
      <CutOfView cut={cut} error={plane.error} />
      <div className={classes['controls']}>
        <NativeSelect
          label="Across"
          value={x.name}
          data={choices}
          onChange={(event) => {
            setRange(null);
            setX(event.currentTarget.value);
          }}
        />
        <RangeFields
          range={range}
          full={plane.data === undefined ? null : [plane.data.x.min, plane.data.x.max]}
          onRange={setRange}
        />
        <NativeSelect
          label="Up"
          value={y.name}
          data={choices}
          onChange={(event) => {
            setAcross(null);
            setY(event.currentTarget.value);
          }}
        />
        <RangeFields
          range={across}
          full={plane.data === undefined ? null : [plane.data.y.min, plane.data.y.max]}
          onRange={setAcross}
        />
        <NativeSelect
          label="Bins"
          className={classes['number']}
          value={bins}
          data={[...binChoices].sort((a, b) => Number(a) - Number(b))}
          onChange={(event) => setBins(binCodec.read(event.currentTarget.value))}
        />
        <Switch
          label="Log colours"
          checked={logarithmic}
          onChange={(event) => setLogarithmic(event.currentTarget.checked)}
        />
        {range === null && across === null ? (
          <span className="dim">Drag in the plot to zoom</span>
        ) : (
          <Button
            variant="default"
            onClick={() => {
              setRange(null);
              setAcross(null);
            }}
          >
            Show all
          </Button>
        )}
      </div>
      <CutQueryView query={plane} loading={<LoadingState lines={1} height={480} />}>
        {(data) => (
          <PlanePlot
            plane={data}
            logarithmic={logarithmic}
            fading={plane.isPlaceholderData}
            onZoom={setRange}
          />
        )}
      </CutQueryView>
    </>
  );
}
