import type { ProblemIssue } from '@countroom/contracts';
import type { ReactNode } from 'react';
import classes from './issue-list.module.css';

/** Everything that is wrong in a form, on its top. */
export function IssueList({
  issues,
  title = 'Please look at:',
}: {
  readonly issues: readonly ProblemIssue[];
  readonly title?: string;
}): ReactNode {
  if (issues.length === 0) return null;
  return (
    <div role="alert" className={classes['issues']}>
      <p>{title}</p>
      <ul>
        {issues.map((issue) => (
          <li key={`${issue.path} ${issue.message}`}>
            {issue.path === '' ? null : <span className="mono">{issue.path}: </span>}
            {issue.message}
          </li>
        ))}
      </ul>
    </div>
  );
}
