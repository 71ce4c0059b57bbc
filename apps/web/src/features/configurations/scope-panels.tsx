'use client';

import type { ProblemIssue, ScopePreview } from '@countroom/contracts';
import { type ReactNode, useCallback, useState } from 'react';
import type { Json } from '../../lib/form/schema-node';
import { ScopePanel } from './scope-panel';
import { findingIssues, scopeSources, withConfig } from './scope-sources';

/** Panels of all scopes of a content, and their faults for the fields of its form. */
export function useScopePanels(
  content: Json,
  onChange: (content: Json) => void,
): { readonly issues: readonly ProblemIssue[]; readonly panels: ReactNode } {
  const [findings, setFindings] = useState<Readonly<Record<number, ScopePreview['findings']>>>({});
  const note = useCallback(
    (index: number, found: ScopePreview['findings']) => setFindings((all) => ({ ...all, [index]: found })),
    [],
  );
  const scopes = scopeSources(content);
  return {
    issues: scopes.flatMap(({ index }) => findingIssues(index, findings[index] ?? [])),
    panels: scopes.map((source) => (
      <ScopePanel
        key={source.index}
        source={source}
        onFindings={note}
        onConfig={(config) => onChange(withConfig(content, source.index, config))}
      />
    )),
  };
}
