import type { ScopeImport } from '@countroom/contracts';
import type { ReactNode } from 'react';
import tableClasses from '../../lib/table/data-table.module.css';
import { PlainTable } from '../../lib/table/plain-table';

type Lines = ScopeImport['lines'];
const outcomes: Readonly<Record<Lines[number]['outcome'], string>> = {
  taken: 'taken',
  changed: 'changed',
  ignored: 'ignored',
  missing: 'not in the file',
  refused: 'refused',
};

/** What became of each key of a settings file. */
export function SettingLines({ label, lines }: { readonly label: string; readonly lines: Lines }): ReactNode {
  return (
    <PlainTable label={label} head={['Key', 'Outcome', 'Value']} maxHeight="20rem" stacks>
      {lines.map(({ key, outcome, message }, index) => (
        <tr key={index}>
          <td className="mono">{key}</td>
          <td>{outcomes[outcome]}</td>
          <td className={tableClasses['wraps']}>{message}</td>
        </tr>
      ))}
    </PlainTable>
  );
}
