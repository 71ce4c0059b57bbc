'use client';

import { endpoints, type SessionInfo } from '@countroom/contracts';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconPlayerPlay, IconSearch } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { useApi } from '../../lib/api/use-api';
import { runPath } from '../../lib/run/run-link';
import { usePaletteCommands } from '../run-control/palette-commands';
import { pages } from './pages';

/** Ctrl-K: every page, any run by its number, and what may be done now. */
export function Palette({ session }: { readonly session: SessionInfo }): ReactNode {
  const router = useRouter();
  const [query, setQuery] = useState('');
  const detectors = useApi(endpoints.detectors.list, {});
  const commands = usePaletteCommands(session);
  const number = /(\d+)\s*$/.exec(query)?.[1];
  const runs: SpotlightActionData[] =
    number === undefined
      ? []
      : (detectors.data ?? []).map((detector) => ({
          id: `run ${detector.name} ${number}`,
          label: `Run ${detector.name} ${number}`,
          keywords: [query],
          onClick: () => router.push(runPath(detector.name, Number(number))),
        }));
  const actions: SpotlightActionGroupData[] = [
    {
      group: 'Pages',
      actions: pages.map((page) => ({
        id: page.path,
        label: page.title,
        leftSection: <page.icon size={18} aria-hidden />,
        onClick: () => router.push(page.path),
      })),
    },
    {
      group: 'Actions',
      actions: commands.map((command) => ({
        id: command.id,
        label: command.label,
        leftSection: <IconPlayerPlay size={18} aria-hidden />,
        onClick: command.run,
      })),
    },
    ...(runs.length === 0 ? [] : [{ group: 'Runs', actions: runs }]),
  ];
  return (
    <Spotlight
      actions={actions}
      query={query}
      onQueryChange={setQuery}
      shortcut={['mod + K']}
      attributes={{ content: { 'aria-label': 'Find a page, run or action' } }}
      nothingFound="Nothing of that name"
      highlightQuery
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: 'Page, run number or action',
        'aria-label': 'Page, run number or action',
      }}
    />
  );
}
