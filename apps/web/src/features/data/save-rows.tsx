'use client';

import { endpoints, type TablePreview } from '@countroom/contracts';
import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ReactNode, useRef, useState } from 'react';
import { useApiClient } from '../../lib/api/api-provider';
import { shownError } from '../../lib/api/errors';
import { saveFile } from '../../lib/chart/export';
import { percent, plain } from '../../lib/format/numbers';
import { ActionButton } from '../../lib/ui/action-button';
import type { CutState } from './cut-of-view';
import { csvHead, csvLines, jsonLines, savedColumns } from './rows-text';

const pageRows = 1000;
const mostRows = 200_000;
const formats = ['csv', 'json'] as const;
type Format = (typeof formats)[number];

/** Saves the rows of a table or column as text; long ones are read bit by bit and can be given up. */
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
  const save = async (format: Format): Promise<void> => {
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
        parts.push(format === 'csv' ? csvLines(cells) : jsonLines(columns, cells));
        setProgress(Math.min(1, (from + pageRows) / rows));
      }
      const text = format === 'csv' ? [csvHead(columns), ...parts] : ['[\n', parts.join(',\n'), '\n]\n'];
      const type = format === 'csv' ? 'text/csv' : 'application/json';
      saveFile(`${path.replaceAll('/', '-')}.${format}`, new Blob(text, { type }));
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
  const reason = reasonAgainst(preview);
  if (reason !== null) {
    return (
      <ActionButton variant="default" reason={reason}>
        Save rows
      </ActionButton>
    );
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default">Save rows</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map((format) => (
          <Menu.Item key={format} onClick={() => void save(format)}>
            {format.toUpperCase()}, {plain(rows)} rows
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function reasonAgainst({ columns, passing: rows }: TablePreview): string | null {
  if (rows === 0) return 'There are no rows.';
  if (savedColumns(columns).length === 0) return 'Vectors are too long for text: download the file.';
  return rows > mostRows ? `More than ${plain(mostRows)} rows: download the file.` : null;
}
