import { type EventHits, endpoints, type TablePreview } from '@countroom/contracts';
import { useQueries } from '@tanstack/react-query';
import { useApiClient } from '../../lib/api/api-provider';
import { apiKey, useApi } from '../../lib/api/use-api';
import type { Look, ValueAt } from './curves';
import type { DrawnTable } from './drawn-tables';
import { templateTokens } from './legend-template';
import type { RowValue } from './marks';
import { rowsTable, type Tier } from './tiers';

type Cell = TablePreview['values'][number][number];

/** Events whose hits are drawn: their own columns belong to each of the hits. */
export interface EventsDrawn {
  readonly tier: Tier;
  readonly path: string;
  readonly numbers: readonly number[];
  readonly hits: EventHits['hits'];
}

/** Columns that a look needs, by token. */
export function neededColumns({ base, norm, align, lines, legend, text }: Look): readonly string[] {
  return [...new Set([base, norm, align, ...lines, ...legend, ...templateTokens(text)])].filter((token) =>
    token.includes('/'),
  );
}

/** Values of the columns that a look needs, in the drawn rows of the drawn tables. */
export function useValues(
  look: Look,
  tiers: readonly Tier[],
  tables: readonly DrawnTable[],
  events: EventsDrawn | null,
): { readonly valueAt: ValueAt; readonly pending: boolean; readonly error: unknown } {
  const api = useApiClient();
  const tokens = neededColumns(look);
  const asked = tables.flatMap(({ table, numbers }) =>
    tiers.flatMap((tier) => {
      const partner = rowsTable(tier, table);
      const there = new Set(partner?.children?.map(({ name }) => name));
      const columns = tokens
        .filter((token) => token.startsWith(`${tier.key}/`))
        .map((token) => token.slice(tier.key.length + 1))
        .filter((name) => there.has(name));
      return partner === undefined || columns.length === 0 || numbers.length === 0
        ? []
        : [{ table, tier, columns, path: partner.path, numbers }];
    }),
  );
  const answers = useQueries({
    queries: asked.map(({ tier, path, columns, numbers }) => {
      const query = { path, rows: numbers.join(','), columns: columns.join(',') };
      const args = { params: { id: tier.dataset }, query };
      return {
        queryKey: apiKey(endpoints.data.table, args),
        queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
          api.call(endpoints.data.table, { ...args, signal }),
      };
    }),
  });
  const eventColumns =
    events === null
      ? []
      : tokens
          .filter((token) => token.startsWith(`${events.tier.key}/`))
          .map((token) => token.slice(events.tier.key.length + 1));
  const ofEvents = useApi(
    endpoints.data.table,
    {
      params: { id: events?.tier.dataset ?? '' },
      query: {
        path: events?.path ?? '',
        rows: events?.numbers.join(',') ?? '',
        columns: eventColumns.join(','),
      },
    },
    { enabled: events !== null && eventColumns.length > 0 && events.numbers.length > 0, keepPrevious: true },
  );
  const found = new Map<string, RowValue>();
  if (events !== null && eventColumns.length > 0) {
    const preview = ofEvents.data;
    preview?.columns.forEach((column, at) => {
      const token = `${events.tier.key}/${column.name}`;
      for (const { event, table, row } of events.hits) {
        const place = preview.numbers.indexOf(event);
        if (place === -1) continue;
        const values = numbersIn(preview.values[place]?.[at] ?? null);
        found.set(`${table}\n${token}\n${row}`, { values, units: column.units });
      }
    });
  }
  asked.forEach(({ table, tier }, index) => {
    const preview = answers[index]?.data;
    preview?.columns.forEach((column, at) => {
      preview.numbers.forEach((row, place) => {
        const values = numbersIn(preview.values[place]?.[at] ?? null);
        found.set(`${table.path}\n${tier.key}/${column.name}\n${row}`, { values, units: column.units });
      });
    });
  });
  return {
    valueAt: (table, token, row) => found.get(`${table}\n${token}\n${row}`),
    pending: answers.some(({ isPending }) => isPending),
    error: ofEvents.error ?? answers.find(({ error }) => error !== null)?.error ?? null,
  };
}

/** A cell as numbers: 64-bit integers and what is not finite come as text; the mark of a cut list is left out. */
function numbersIn(cell: Cell): readonly number[] {
  if (Array.isArray(cell)) return cell.filter((each) => each !== '…').flatMap(numbersIn);
  if (typeof cell === 'boolean') return [Number(cell)];
  return typeof cell === 'number' || typeof cell === 'string' ? [Number(cell)] : [Number.NaN];
}
