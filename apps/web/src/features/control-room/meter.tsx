import type { ReactNode } from 'react';
import classes from './meter.module.css';

/** A share from 0 to 1 as a bar with its text; amber from 80 %, red from 95 %. */
export function Meter({
  name,
  share,
  text,
}: {
  readonly name: string;
  readonly share: number;
  readonly text: string;
}): ReactNode {
  const known = Number.isFinite(share);
  const level = !known || share < 0.8 ? 'normal' : share < 0.95 ? 'warning' : 'alarm';
  return (
    <div className={classes['meter']}>
      <div className={classes['words']}>
        <span className="dim">{name}</span>
        <span>{text}</span>
      </div>
      {known ? (
        <div
          role="meter"
          aria-label={name}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(share * 100)}
          className={classes['track']}
        >
          <div
            className={classes['fill']}
            data-level={level}
            style={{ width: `${Math.min(100, share * 100)}%` }}
          />
        </div>
      ) : null}
    </div>
  );
}
