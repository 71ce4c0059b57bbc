import type { PreviewReason } from '@countroom/contracts';
import { type LineageDifference, lineageDifferences } from '@countroom/run-model';
import type { StepDecision } from './decide-steps.js';
import type { PlannedStep } from './plan-run.js';

/** Why a step is computed, in a word and for a person. */
export function reasonOf(step: PlannedStep, { action }: StepDecision, force: boolean): PreviewReason {
  const { storedAs, before, lineage, provisional } = step;
  if (action === 'stored') return { kind: 'stored', text: 'made already, with the same input and options' };
  if (action === 'joined') return { kind: 'joined', text: 'being made by a job that was asked for before' };
  if (provisional)
    return { kind: 'approval', text: 'when what an analysis of this request finds is approved' };
  if (storedAs !== undefined) {
    return force
      ? { kind: 'forced', text: 'made already, and asked for again' }
      : { kind: 'input', text: 'made already, but what it reads is made again' };
  }
  if (before === undefined) return { kind: 'new', text: 'not made before' };
  const differences = lineageDifferences(before.lineage, lineage);
  return { kind: 'changed', text: differences.map(words).join('; ') || 'made of something else before' };
}

function words({ dataKind, stage, what, paths }: LineageDifference): string {
  switch (what) {
    case 'options':
      return `${stage}: ${paths.join(', ')} changed`;
    case 'version':
      return `${stage}: a newer version`;
    case 'stage':
      return `${dataKind} comes from ${stage} now`;
    case 'inputs':
      return `${stage}: reads other kinds of data`;
  }
}
