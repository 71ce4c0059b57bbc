'use client';

import type { ProblemIssue, ScopePreview } from '@countroom/contracts';
import { type ReactNode, useCallback, useState } from 'react';
import type { Json } from '../../lib/form/schema-node';
import { ScopePanel } from './scope-panel';
import { findingIssues, previewNotes, scopeSources, withConfig } from './scope-sources';

/** Panels of all scopes of a content, and their faults for the fields of its form. */
export function useScopePanels(
  content: Json,
  onChange: (content: Json) => void,
): {
  readonly issues: readonly ProblemIssue[];
  readonly notes: ReadonlyMap<string, string>;
  readonly panels: ReactNode;
} {
  const [previews, setPreviews] = useState<Readonly<Record<number, ScopePreview | undefined>>>({});
  const note = useCallback(
    (index: number, preview: ScopePreview | undefined) =>
      setPreviews((all) => ({ ...all, [index]: preview })),
    [],
  );
  const scopes = scopeSources(content);
  return {
    issues: scopes.flatMap(({ index }) => findingIssues(index, previews[index]?.findings ?? [])),
    notes: new Map(
      scopes.flatMap(({ index }) => {
        const preview = previews[index];
        return preview === undefined ? [] : previewNotes(index, preview);
      }),
    ),
    panels: scopes.map((source) => (
      <ScopePanel
        key={source.index}
        source={source}
        onPreview={note}
        onConfig={(config) => onChange(withConfig(content, source.index, config))}
      />
    )),
  };
}
