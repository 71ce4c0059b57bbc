'use client';

import { endpoints, rowFileFormats } from '@countroom/contracts';
import { Button, Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { useApiClient } from '../../lib/api/api-provider';
import { ActionButton } from '../../lib/ui/action-button';
import { RowFileItem } from '../data/row-file-item';
import { rowFileNames } from '../data/row-file-names';
import { type RunName, runsText } from '../process/process-path';
import type { Query } from './skim-query';

/** Addresses may not be longer; a query that long goes through a data set. */
const mostCharacters = 12_000;

/** All rows as a file, which is made while it is sent. */
export function SaveSkimFile({
  runs,
  query,
  lists,
}: {
  readonly runs: readonly RunName[];
  readonly query: Query;
  /** Columns that CSV leaves out. */
  readonly lists: readonly string[];
}): ReactNode {
  const api = useApiClient();
  const text = JSON.stringify(query);
  if (text.length > mostCharacters)
    return (
      <ActionButton variant="default" reason="The query is too long for a link: save it as a data set below.">
        Save all rows
      </ActionButton>
    );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default">Save all rows</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {rowFileFormats.map((format) => (
          <RowFileItem
            key={format}
            otherwise=", or save the rows as a data set below"
            href={api.url(endpoints.rowFiles.query, {
              query: { runs: runsText(runs), query: text, format },
            })}
          >
            {rowFileNames[format]}
            {format === 'csv' && lists.length > 0 ? `, without lists: ${lists.join(', ')}` : ''}
          </RowFileItem>
        ))}
        <Menu.Label>LH5: save as data set below</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}
