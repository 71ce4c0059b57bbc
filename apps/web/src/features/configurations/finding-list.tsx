import type { ScopePreview } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { remedyText } from './scope-sources';

/** Findings with their place; their severity in a word. */
export function FindingList({ findings }: { readonly findings: ScopePreview['findings'] }): ReactNode {
  if (findings.length === 0) return <p className="dim">Nothing has to be mended.</p>;
  return (
    <ul aria-label="Findings">
      {findings.map((finding) => (
        <li key={`${finding.place} ${finding.problem}`}>
          {finding.severity === 'error' ? 'To mend' : 'Worth knowing'} ·{' '}
          <span className="mono">{finding.place === '' ? 'whole' : finding.place}</span>:{' '}
          {remedyText(finding)}
        </li>
      ))}
    </ul>
  );
}
