import { Fragment, memo, type ReactNode } from 'react';
import { PlainTable } from '../../lib/table/plain-table';
import classes from './chain-editor.module.css';
import { type PreviewScalar, scalarText } from './preview-curves';

/** Every number of the chosen rows; outputs first. */
export const ScalarTable = memo(function ScalarTable({
  scalars,
  outputs,
  firstRow,
  rows,
  other,
}: {
  readonly scalars: readonly PreviewScalar[];
  /** Numbers of the chain that is compared with. */
  readonly other: { readonly label: string; readonly scalars: readonly PreviewScalar[] } | null;
  readonly outputs: readonly string[];
  readonly firstRow: number;
  readonly rows: number;
}): ReactNode {
  if (scalars.length === 0) return <p className="dim">The chain computes no plain number.</p>;
  const rank = ({ name }: PreviewScalar): number =>
    outputs.includes(name) ? outputs.indexOf(name) : outputs.length;
  const numbers = Array.from({ length: rows }, (_, row) => row);
  const others = new Map((other?.scalars ?? []).map((scalar) => [scalar.name, scalar]));
  const heads = numbers.flatMap((row) => [
    `n:Row ${firstRow + row}`,
    ...(other === null ? [] : [`n:${rows === 1 ? '' : `Row ${firstRow + row}, `}${other.label}`]),
  ]);
  return (
    <PlainTable
      label="Numbers of the chosen rows"
      head={['Name', ...heads, ...(other !== null && rows === 1 ? ['n:Difference'] : []), 'Unit', 'Written']}
      maxHeight="360px"
    >
      {scalars
        .toSorted((a, b) => rank(a) - rank(b))
        .map((scalar) => (
          <tr key={scalar.name}>
            <td className="mono">{scalar.name}</td>
            {numbers.map((row) => (
              <Fragment key={row}>
                <Cell value={scalar.values[row]} />
                {other === null ? null : <Cell value={others.get(scalar.name)?.values[row]} />}
              </Fragment>
            ))}
            {other !== null && rows === 1 ? (
              <Cell value={differenceOf(scalar.values[0], others.get(scalar.name)?.values[0])} />
            ) : null}
            <td>{scalar.unit}</td>
            <td>{outputs.includes(scalar.name) ? 'output' : ''}</td>
          </tr>
        ))}
    </PlainTable>
  );
});

function Cell({ value }: { readonly value: number | bigint | undefined }): ReactNode {
  const isNan = typeof value === 'number' && Number.isNaN(value);
  return <td className={`num ${isNan ? (classes['nan'] ?? '') : ''}`}>{scalarText(value)}</td>;
}

function differenceOf(
  own: number | bigint | undefined,
  other: number | bigint | undefined,
): number | bigint | undefined {
  if (typeof own === 'bigint' && typeof other === 'bigint') return own - other;
  return typeof own === 'number' && typeof other === 'number' ? own - other : undefined;
}
