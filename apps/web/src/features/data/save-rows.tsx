'use client';

import { endpoints, rowFileFormats, type TablePreview } from '@countroom/contracts';
import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ReactNode, useRef, useState } from 'react';
import { useApiClient } from '../../lib/api/api-provider';
import { shownError } from '../../lib/api/errors';
import { saveFile } from '../../lib/chart/export';
import { percent, plain } from '../../lib/format/numbers';
import { ActionButton } from '../../lib/ui/action-button';
import type { CutState } from './cut-of-view';
import { RowFileItem } from './row-file-item';
import { rowFileNames } from './row-file-names';
import { jsonLines, savedColumns } from './rows-text';

const pageRows = 1000;
const mostRows = 200_000;

/**
 * Saves the rows of a table or column. The server makes files of Parquet and CSV while they are sent; JSON is put together
 * here, bit by bit, and can be given up.
 */
export function SaveRows({
  dataset,
  preview,
  cut,
}: {
  readonly dataset: string;
  /** Any rows of it: tells the columns and how many rows there are. */
  readonly preview: TablePreview;
  readonly cut: CutState['query'];
}): ReactNode {
  const api = useApiClient();
  const [progress, setProgress] = useState<number | null>(null);
  const stop = useRef<AbortController | null>(null);
  const { path, passing: rows } = preview;
  const save = async (): Promise<void> => {
    const control = new AbortController();
    stop.current = control;
    setProgress(0);
    try {
      const chosen = savedColumns(preview.columns);
      const columns = chosen.map((at) => preview.columns[at]!);
      const parts: string[] = [];
      for (let from = 0; from < rows; from += pageRows) {
        const page = await api.call(endpoints.data.table, {
          params: { id: dataset },
          query: { path, from, count: pageRows, ...cut },
          signal: control.signal,
        });
        const cells = page.values.map((row) => chosen.map((at) => row[at] ?? null));
        parts.push(jsonLines(columns, cells));
        setProgress(Math.min(1, (from + pageRows) / rows));
      }
      const text = ['[\n', parts.join(',\n'), '\n]\n'];
      saveFile(`${path.replaceAll('/', '-')}.json`, new Blob(text, { type: 'application/json' }));
    } catch (error) {
      if (!control.signal.aborted) {
        notifications.show({ title: 'Rows: not saved', message: shownError(error).message, color: 'alarm' });
      }
    } finally {
      setProgress(null);
    }
  };
  if (progress !== null) {
    return (
      <Button variant="default" onClick={() => stop.current?.abort()}>
        {`Stop saving, ${percent(progress, 0)} read`}
      </Button>
    );
  }
  if (rows === 0) {
    return (
      <ActionButton variant="default" reason="There are no rows.">
        Save rows
      </ActionButton>
    );
  }
  const asText = rows <= mostRows && savedColumns(preview.columns).length > 0;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default">Save rows</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {rowFileFormats.map((format) => (
          <RowFileItem
            key={format}
            otherwise={asText ? ', or save them as JSON' : ''}
            href={api.url(endpoints.rowFiles.table, {
              params: { id: dataset },
              query: { path, format, ...cut },
            })}
          >
            {rowFileNames[format]}, {plain(rows)} rows
          </RowFileItem>
        ))}
        {asText ? <Menu.Item onClick={() => void save()}>JSON, {plain(rows)} rows</Menu.Item> : null}
      </Menu.Dropdown>
    </Menu>
  );
}
