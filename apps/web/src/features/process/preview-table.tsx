import type { JobsPreview, PreviewRefusal, PreviewStep } from '@countroom/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { RunLink } from '../../lib/run/run-link';
import { PlainTable } from '../../lib/table/plain-table';
import { Cut } from '../../lib/ui/layout';
import { StatusMark } from '../../lib/ui/status-mark';
import classes from './process.module.css';

/** What a submission would do, run by run and stage by stage. */
export function PreviewTable({
  preview,
  stages,
}: {
  readonly preview: JobsPreview;
  /** Names of the requested stages, in order. */
  readonly stages: readonly string[];
}): ReactNode {
  return (
    <>
      {preview.refused.length === 0 ? null : <Refusals refused={preview.refused} />}
      {preview.runs.length === 0 ? null : (
        <PlainTable label="What would be done" head={['Run', ...stages]} maxHeight="360px">
          {preview.runs.map((run) => (
            <tr key={`${run.detector}/${run.number}`}>
              <td>
                <RunLink detector={run.detector} run={run.number} />
              </td>
              {stages.map((stage) => {
                const step = run.steps.find((each) => each.stage === stage);
                return <td key={stage}>{step === undefined ? '' : <Step step={step} />}</td>;
              })}
            </tr>
          ))}
        </PlainTable>
      )}
    </>
  );
}

function Step({ step }: { readonly step: PreviewStep }): ReactNode {
  switch (step.action) {
    case 'compute':
      return (
        <>
          <StatusMark mark="ready">{computeWord(step.reason.kind)}</StatusMark>
          {step.reason.kind === 'new' ? null : (
            <>
              {' '}
              <Cut text={step.reason.text} />
            </>
          )}
        </>
      );
    case 'stored':
      return (
        <StatusMark mark="ok">
          {step.storedDatasetId === null ? (
            'stored'
          ) : (
            <Link className="link" href={`/data/${step.storedDatasetId}`}>
              stored
            </Link>
          )}
        </StatusMark>
      );
    case 'joined':
      return (
        <StatusMark mark="running">
          {step.jobId === null ? (
            'being made'
          ) : (
            <Link className="link" href={`/jobs/${step.jobId}`}>
              being made
            </Link>
          )}
        </StatusMark>
      );
  }
}

function computeWord(kind: PreviewStep['reason']['kind']): string {
  if (kind === 'new') return 'compute';
  if (kind === 'approval') return 'compute once approved';
  return kind === 'changed' ? 'compute: changed' : 'compute again';
}

function Refusals({ refused }: { readonly refused: readonly PreviewRefusal[] }): ReactNode {
  return (
    <ul className={classes['refusals']} aria-label="What cannot be done">
      {refused.map(({ run, stage, message, issues }) => (
        <li key={`${run?.detector ?? ''}/${run?.number ?? ''} ${stage ?? ''} ${message}`}>
          <StatusMark mark="alarm">
            {run === null ? (stage ?? 'Request') : `${run.detector} ${run.number}`}
          </StatusMark>
          <span>
            {message}
            {issues.map((issue) => (
              <span key={`${issue.path} ${issue.message}`} className={classes['issue']}>
                <span className="mono">{issue.path}</span>: {issue.message}
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** `3 to compute, 2 stored already, 1 being made`. */
export function countWords({ counts, refused }: Pick<JobsPreview, 'counts' | 'refused'>): string {
  const { compute, stored, joined } = counts;
  const parts = [
    ...(compute > 0 ? [`${compute} to compute`] : []),
    ...(stored > 0 ? [`${stored} stored already`] : []),
    ...(joined > 0 ? [`${joined} being made already`] : []),
  ];
  if (parts.length > 0) return parts.join(', ');
  return refused.length > 0 ? 'Nothing that can be done' : 'Nothing to do';
}
