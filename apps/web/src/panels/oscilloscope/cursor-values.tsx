import type { ReactNode } from 'react';
import { si } from '../../lib/format/numbers';
import { measured, type Pair, valueAt } from './cursors';
import classes from './oscilloscope.module.css';
import type { Trace } from './scope-option';
import type { Vertical } from './vertical';

/** What the cursors measure, and the values of every channel at the time cursors. */
export function CursorValues({
  times,
  levels,
  front,
  traces,
}: {
  readonly times: Pair;
  readonly levels: Pair;
  readonly front: { readonly view: Vertical; readonly unit: string } | null;
  readonly traces: readonly Trace[];
}): ReactNode {
  if (times === null && levels === null) return null;
  const atTimes =
    times === null
      ? []
      : traces.map(({ curve, label }): readonly [string, string] => {
          const [one, other] = times.map((time) => valueAt(curve, time)) as [number | null, number | null];
          const difference = one === null || other === null ? null : Math.abs(other - one);
          const text = (value: number | null): string => si(value, curve.unit, 3);
          return [label, `${text(one)} → ${text(other)}, Δ ${text(difference)}`];
        });
  return (
    <dl className={classes['values']} aria-label="Cursors">
      {[...measured(times, levels, front), ...atTimes].map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
