'use client';

import { endpoints, type TreeNode } from '@countroom/contracts';
import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ReactNode, useState } from 'react';
import { useApiClient } from '../../lib/api/api-provider';
import { shownError } from '../../lib/api/errors';
import { saveFile } from '../../lib/chart/export';
import { plain } from '../../lib/format/numbers';
import { ActionButton } from '../../lib/ui/action-button';
import type { BrowserAddress } from './browser-address';
import { cutTable, type Tier } from './tiers';
import type { ChosenRows } from './use-rows';

const pageRows = 1000;
const mostRows = 1_000_000;
const formats = ['csv', 'json'] as const;

/** Saves the numbers of all rows that are chosen, not only of those that are drawn. */
export function SaveSelection({
  address,
  chosen,
  source,
  table,
}: {
  readonly address: BrowserAddress;
  readonly chosen: ChosenRows;
  readonly source: Tier | undefined;
  readonly table: TreeNode;
}): ReactNode {
  const api = useApiClient();
  const [busy, setBusy] = useState(false);
  const over = source === undefined ? undefined : cutTable(source, table);
  const isCut = address.cut !== '';
  const save = async (format: (typeof formats)[number]): Promise<void> => {
    setBusy(true);
    try {
      const numbers: number[] = [];
      if (!isCut) numbers.push(...address.only);
      for (let from = 0; isCut && from < chosen.passing; from += pageRows) {
        const page = await api.call(endpoints.data.selection, {
          params: { id: source?.dataset ?? '' },
          query: { path: over?.path ?? '', cut: address.cut, from, count: pageRows },
        });
        for (const number of page.numbers) numbers.push(number);
      }
      const facts = { dataset: source?.dataset, table: over?.path, cut: address.cut };
      const text =
        format === 'csv'
          ? [chosen.unit, ...numbers, ''].join('\n')
          : JSON.stringify({ ...facts, [`${chosen.unit}s`]: numbers });
      const type = format === 'csv' ? 'text/csv' : 'application/json';
      saveFile(`${table.path.replaceAll('/', '-')}-${chosen.unit}s.${format}`, new Blob([text], { type }));
    } catch (error) {
      notifications.show({
        title: 'Selection: not saved',
        message: shownError(error).message,
        color: 'alarm',
      });
    } finally {
      setBusy(false);
    }
  };
  if (!isCut && address.only.length === 0) return null;
  const reason =
    chosen.passing === 0
      ? `No ${chosen.unit} is chosen.`
      : chosen.passing > mostRows
        ? `More than ${plain(mostRows)} ${chosen.unit}s: make a narrower cut.`
        : null;
  if (reason !== null)
    return (
      <ActionButton variant="default" quiet reason={reason}>
        Save selection
      </ActionButton>
    );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" loading={busy}>
          Save selection
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map((format) => (
          <Menu.Item key={format} onClick={() => void save(format)}>
            Numbers of {plain(chosen.passing)} {chosen.unit}s, {format.toUpperCase()}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
