'use client';

import { type DatasetInfo, endpoints, type TextPart } from '@countroom/contracts';
import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';
import { int64Bytes } from '../../lib/format/int64';
import { EmptyState } from '../../lib/states/empty-state';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import tableClasses from '../../lib/table/data-table.module.css';
import { ActionButton } from '../../lib/ui/action-button';
import { Panel } from '../../lib/ui/panel';
import { urlNumber, urlText, useUrlState } from '../../lib/url/url-state';
import classes from './data.module.css';
import { isGrowing } from './dataset-file';
import { type DelimitedText, isNumber, readDelimited } from './delimited';

const partBytes = 32_768;
const growingMs = 3000;

/** Lines of a file that a consumer wrote, part by part, as a table where they are one. */
export function TextView({ dataset }: { readonly dataset: DatasetInfo }): ReactNode {
  const [from, setFrom] = useUrlState('from', urlNumber);
  const [wanted, setWanted] = useUrlState('view', urlText);
  const params = { id: dataset.id };
  const growing = isGrowing(dataset);
  const again = growing ? { everyMs: growingMs } : {};
  const query = useApi(
    endpoints.data.text,
    { params, query: { from: from ?? 0, limit: partBytes } },
    { keepPrevious: true, ...again },
  );
  // Names of columns stand at the beginning.
  const first = useApi(endpoints.data.text, { params, query: { from: 0, limit: partBytes } });
  return (
    <QueryView
      query={query}
      loading={
        <Panel title="Content">
          <LoadingState lines={12} />
        </Panel>
      }
    >
      {(part) => {
        const table = readDelimited(part.lines);
        const head =
          (table?.head.length ?? 0) > 0 ? table?.head : readDelimited(first.data?.lines ?? [])?.head;
        const asText = table === undefined || wanted === 'text';
        return (
          <Panel
            title="Content"
            aside={
              table === undefined ? null : (
                <SegmentedControl
                  aria-label="How to look at it"
                  value={asText ? 'text' : 'table'}
                  onChange={setWanted}
                  data={[
                    { value: 'table', label: 'Table' },
                    { value: 'text', label: 'Text' },
                  ]}
                />
              )
            }
          >
            <PartControls part={part} onFrom={setFrom} />
            {part.bytes === 0 ? (
              <EmptyState title="The file is empty.">
                {growing ? 'The consumer has not written a line yet.' : 'The consumer wrote no line.'}
              </EmptyState>
            ) : (
              <div
                className={tableClasses['scroller']}
                style={{ maxHeight: 560 }}
                role="group"
                aria-label="Lines of the file"
                tabIndex={0}
                data-fading={query.isPlaceholderData || undefined}
              >
                {asText ? (
                  <pre className={classes['lines']}>{part.lines.join('\n')}</pre>
                ) : (
                  <CellTable table={table} head={head ?? []} />
                )}
              </div>
            )}
          </Panel>
        );
      }}
    </QueryView>
  );
}

function PartControls({
  part: { bytes, from, to },
  onFrom,
}: {
  readonly part: TextPart;
  readonly onFrom: (from: number | null) => void;
}): ReactNode {
  const place = (at: number): string => int64Bytes(String(at));
  const atBegin = from === 0 ? 'This is the beginning.' : null;
  const atEnd = to >= bytes ? 'This is the end.' : null;
  return (
    <div className={classes['controls']}>
      <ActionButton variant="default" quiet reason={atBegin} onClick={() => onFrom(null)}>
        First lines
      </ActionButton>
      <ActionButton
        variant="default"
        quiet
        reason={atBegin}
        onClick={() => onFrom(from <= partBytes ? null : from - partBytes)}
      >
        Earlier lines
      </ActionButton>
      <ActionButton variant="default" quiet reason={atEnd} onClick={() => onFrom(to)}>
        Later lines
      </ActionButton>
      <ActionButton variant="default" quiet reason={atEnd} onClick={() => onFrom(-partBytes)}>
        Last lines
      </ActionButton>
      <span className="dim" role="status">
        {from === 0 && to >= bytes
          ? `the whole file, ${place(bytes)}`
          : `${place(from)} to ${place(to)} of ${place(bytes)}`}
      </span>
    </div>
  );
}

function CellTable({
  table: { rows },
  head,
}: {
  readonly table: DelimitedText;
  readonly head: readonly string[];
}): ReactNode {
  const columns = Math.max(...rows.map((cells) => cells.length), head.length);
  const places = Array.from({ length: columns }, (_, at) => at);
  const numeric = places.map((at) => rows.every((cells) => cells[at] === undefined || isNumber(cells[at])));
  const classOf = (at: number): string =>
    numeric[at] === true ? `${tableClasses['numeric'] ?? ''} mono` : 'mono';
  return (
    <table className={tableClasses['table']}>
      <thead>
        <tr>
          {places.map((at) => (
            <th key={at} scope="col" className={numeric[at] === true ? tableClasses['numeric'] : undefined}>
              {head[at] ?? `column ${at + 1}`}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, row) => (
          <tr key={row}>
            {places.map((at) => (
              <td key={at} className={classOf(at)}>
                {cells[at] ?? ''}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
