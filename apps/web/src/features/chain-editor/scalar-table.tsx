import type { ReactNode } from 'react';
import { PlainTable } from '../../lib/table/plain-table';
import classes from './chain-editor.module.css';
import { type PreviewScalar, scalarText } from './preview-curves';

/** Every number of the chosen rows; outputs first. */
export function ScalarTable({
  scalars,
  outputs,
  firstRow,
  rows,
}: {
  readonly scalars: readonly PreviewScalar[];
  readonly outputs: readonly string[];
  readonly firstRow: number;
  readonly rows: number;
}): ReactNode {
  if (scalars.length === 0) return <p className="dim">The chain computes no plain number.</p>;
  const rank = ({ name }: PreviewScalar): number =>
    outputs.includes(name) ? outputs.indexOf(name) : outputs.length;
  const heads = Array.from({ length: rows }, (_, row) => `n:Row ${firstRow + row}`);
  return (
    <PlainTable
      label="Numbers of the chosen rows"
      head={['Name', ...heads, 'Unit', 'Written']}
      maxHeight="360px"
    >
      {scalars
        .toSorted((a, b) => rank(a) - rank(b))
        .map((scalar) => (
          <tr key={scalar.name}>
            <td className="mono">{scalar.name}</td>
            {heads.map((head, row) => {
              const value = scalar.values[row];
              const isNan = typeof value === 'number' && Number.isNaN(value);
              return (
                <td key={head} className={`num ${isNan ? (classes['nan'] ?? '') : ''}`}>
                  {scalarText(value)}
                </td>
              );
            })}
            <td>{scalar.unit}</td>
            <td>{outputs.includes(scalar.name) ? 'output' : ''}</td>
          </tr>
        ))}
    </PlainTable>
  );
}
