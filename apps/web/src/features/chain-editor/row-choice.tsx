'use client';

import { Button, NativeSelect, NumberInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { plain } from '../../lib/format/numbers';
import { Row } from '../../lib/ui/layout';
import type { RawRows } from './use-raw-rows';

/** Which raw rows the preview is computed for. */
export function RowChoice({ raw }: { readonly raw: RawRows }): ReactNode {
  const { row, count, table, tables, dataset, datasets } = raw;
  const last = Math.max(0, (table?.rows ?? 0) - count);
  return (
    <Row>
      <NativeSelect
        label="Raw file"
        value={dataset?.id ?? ''}
        onChange={(event) => raw.chooseDataset(event.currentTarget.value)}
        data={[
          ...(dataset === undefined || datasets?.includes(dataset) === true ? [] : [dataset]),
          ...(datasets ?? []),
        ].map(({ id, detector, run }) => ({ value: id, label: `${detector} ${run}` }))}
      />
      <NativeSelect
        label="Table"
        value={table?.path ?? ''}
        onChange={(event) => raw.chooseTable(event.currentTarget.value)}
        data={(tables ?? []).map(({ path }) => path)}
      />
      <NumberInput
        label="Row"
        w={96}
        min={0}
        max={last}
        allowDecimal={false}
        value={row}
        onChange={(value) => {
          if (value !== '') raw.go(Number(value));
        }}
      />
      <NumberInput
        label="Rows"
        w={72}
        min={1}
        max={16}
        allowDecimal={false}
        value={count}
        onChange={(value) => {
          if (value !== '') raw.setCount(Number(value));
        }}
      />
      <Button.Group>
        <Button variant="default" aria-disabled={row === 0} onClick={() => raw.go(row - count)}>
          Previous
        </Button>
        <Button variant="default" aria-disabled={row >= last} onClick={() => raw.go(row + count)}>
          Next
        </Button>
        <Button variant="default" onClick={() => raw.go(Math.random() * (last + 1))}>
          Random
        </Button>
      </Button.Group>
      <span className="dim">of {plain(table?.rows ?? 0)}</span>
    </Row>
  );
}
