import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { StatusMark } from '../../lib/ui/status-mark';
import classes from './chain-editor.module.css';
import type { Problem } from './problems';

/** Everything that is wrong with the text; each line leads to its place. */
export function ProblemList({
  problems,
  state,
  onShow,
}: {
  readonly problems: readonly Problem[];
  /** What stands there when there are none. */
  readonly state: string;
  readonly onShow: (problem: Problem) => void;
}): ReactNode {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  return (
    <div className={classes['problems']}>
      <p role="status" className={classes['problemCount']}>
        {problems.length === 0 ? state : countText(errors, warnings)}
      </p>
      {problems.length === 0 ? null : (
        <ul aria-label="Problems">
          {problems.map((problem) => (
            <li key={`${problem.from} ${problem.message}`}>
              <UnstyledButton className={classes['problem'] ?? ''} onClick={() => onShow(problem)}>
                <StatusMark mark={problem.severity === 'error' ? 'alarm' : 'warning'}>
                  line {problem.line}
                </StatusMark>{' '}
                {problem.message}
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function countText(errors: number, warnings: number): string {
  const parts = [
    ...(errors === 0 ? [] : [errors === 1 ? '1 error' : `${errors} errors`]),
    ...(warnings === 0 ? [] : [warnings === 1 ? '1 warning' : `${warnings} warnings`]),
  ];
  return parts.join(', ');
}
