import type { ReactNode } from 'react';
import classes from './runs.module.css';

/** Tags of a run one beside the other. */
export function TagList({ tags }: { readonly tags: readonly string[] }): ReactNode {
  if (tags.length === 0) return <span className="dim">–</span>;
  return (
    <span className={classes['tags']}>
      {tags.map((tag) => (
        <span key={tag} className={classes['tag']}>
          {tag}
        </span>
      ))}
    </span>
  );
}
