import type { ProblemIssue } from '@countroom/contracts';
import type { ReactNode } from 'react';
import classes from './issue-list.module.css';

/** A fault with the name that its place has for people. */
export interface NamedIssue extends ProblemIssue {
  readonly name?: string;
}

/** Everything that is wrong in a form, on its top. */
export function IssueList({
  issues,
  title = 'Please look at:',
  onGo,
}: {
  readonly issues: readonly NamedIssue[];
  readonly title?: string;
  /** Leads to the field of a place. */
  readonly onGo?: (path: string) => void;
}): ReactNode {
  if (issues.length === 0) return null;
  return (
    <div role="alert" className={classes['issues']}>
      <p>{title}</p>
      <ul>
        {issues.map((issue) => (
          <li key={`${issue.path} ${issue.message}`}>
            <IssuePlace issue={issue} onGo={onGo} />
            {issue.message}
          </li>
        ))}
      </ul>
    </div>
  );
}

function IssuePlace({
  issue: { path, name = '' },
  onGo,
}: {
  readonly issue: NamedIssue;
  readonly onGo: ((path: string) => void) | undefined;
}): ReactNode {
  if (path === '') return null;
  if (name === '') return <span className="mono">{path}: </span>;
  if (onGo === undefined) return <span title={path}>{name}: </span>;
  return (
    <>
      <button type="button" className={classes['place']} title={path} onClick={() => onGo(path)}>
        {name}
      </button>
      {': '}
    </>
  );
}
