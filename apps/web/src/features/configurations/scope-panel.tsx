'use client';

import { endpoints, type ScopePreview } from '@countroom/contracts';
import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useEffect } from 'react';
import { shownError } from '../../lib/api/errors';
import { useApi } from '../../lib/api/use-api';
import type { Json } from '../../lib/form/schema-node';
import { PlainTable } from '../../lib/table/plain-table';
import { FaultNote } from '../../lib/ui/fault-note';
import { Stacked } from '../../lib/ui/layout';
import { FindingList } from './finding-list';
import { ScopeImportBox } from './scope-import';
import { type ScopeSource, valueText } from './scope-sources';

const typingMs = 300;

/** What a scope makes of its settings, while they are typed. */
export function ScopePanel({
  source,
  onConfig,
  onPreview,
}: {
  readonly source: ScopeSource;
  readonly onConfig: (config: Json) => void;
  readonly onPreview: (index: number, preview: ScopePreview | undefined) => void;
}): ReactNode {
  // Compared as text: the settings are made anew with every key pressed in the form.
  const text = JSON.stringify(source.config);
  const [settled] = useDebouncedValue(text, typingMs);
  const query = useApi(
    endpoints.configurations.scopePreview,
    { body: { config: JSON.parse(settled) as Record<string, never> } },
    { keepPrevious: true },
  );
  const old = query.isPlaceholderData || settled !== text;
  const model = query.data?.model ?? null;
  const preview = query.data;
  useEffect(() => onPreview(source.index, preview), [onPreview, source.index, preview]);
  return (
    <section aria-label={`Scope ${source.name}`}>
      <Stacked>
        <strong>
          {source.name}: what the scope makes of it
          {model === null ? '' : ` (${model})`}
        </strong>
        <FaultNote failure={query.error === null || old ? undefined : shownError(query.error)} />
        {query.data === undefined ? null : (
          <div style={{ opacity: old ? 0.5 : 1 }}>
            <ScopeValues source={source.name} preview={query.data} />
            <FindingList findings={query.data.findings} />
          </div>
        )}
        <ScopeImportBox source={source.name} onTake={onConfig} />
      </Stacked>
    </section>
  );
}

function ScopeValues({
  source,
  preview,
}: {
  readonly source: string;
  readonly preview: ScopePreview;
}): ReactNode {
  return (
    <PlainTable label={`Settings of ${source}`} head={['Setting', 'n:Requested', 'n:Resolved']} stacks>
      {preview.values.map(({ place, title, unit, requested, resolved }) => (
        <tr key={`${place} ${title}`}>
          <td title={place}>{title}</td>
          <td className="num">{valueText(requested, unit)}</td>
          <td className="num">{valueText(resolved, unit)}</td>
        </tr>
      ))}
    </PlainTable>
  );
}
