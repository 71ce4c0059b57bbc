import type { ReactNode } from 'react';
import { PlainTable } from '../../lib/table/plain-table';
import classes from './browser.module.css';
import type { DrawnCurve, Left } from './curves';
import { valueText } from './marks';

/** Values of the chosen columns in the drawn rows. */
export function ValueTable({
  curves,
  tokens,
}: {
  readonly curves: readonly DrawnCurve[];
  readonly tokens: readonly string[];
}): ReactNode {
  if (tokens.length === 0 || curves.length === 0) return null;
  return (
    <div className={classes['values']}>
      <PlainTable
        label="Values of the drawn rows"
        head={['Table', 'n:Row', ...tokens.map((token) => `n:${token}`)]}
        maxHeight="240px"
      >
        {curves.map(({ id, table, row, facts }) => (
          <tr key={id}>
            <td className="mono">{table}</td>
            <td className="num">{row}</td>
            {tokens.map((token) => (
              <td key={token} className="num">
                {facts[token] === undefined ? '–' : valueText(facts[token])}
              </td>
            ))}
          </tr>
        ))}
      </PlainTable>
    </div>
  );
}

/** Rows that could not be drawn, each with its reason. */
export function LeftOut({ left }: { readonly left: readonly Left[] }): ReactNode {
  if (left.length === 0) return null;
  const shown = left.slice(0, 5).map(({ label, reason }) => `${label}: ${reason}`);
  return (
    <p className={classes['left']} role="status">
      Not drawn: {shown.join('; ')}
      {left.length > shown.length ? `; and ${left.length - shown.length} more` : ''}
    </p>
  );
}
