import type { TreeNode } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { JsonView } from '../../lib/json/json-view';
import { Facts } from '../../lib/ui/facts';
import { StatusMark } from '../../lib/ui/status-mark';
import classes from './data.module.css';

/** What an object says of itself. */
export function NodeAttributes({ node }: { readonly node: TreeNode }): ReactNode {
  const fault = node.attrs['fault'];
  return (
    <div className={classes['report']}>
      {fault === undefined ? null : (
        <StatusMark mark="alarm">
          Damaged: {typeof fault === 'string' ? fault : JSON.stringify(fault)}
        </StatusMark>
      )}
      <Facts
        items={[
          [
            'Datatype',
            <span key="type" className="mono">
              {node.datatype === '' ? 'none' : node.datatype}
            </span>,
          ],
          ['Kind', node.kind],
          ['Numbers', node.dtype ?? '–'],
          ['Shape', node.shape === null ? '–' : node.shape.join(' × ')],
          ['Rows', node.rows ?? '–'],
          ['Parts', (node.children ?? []).length],
        ]}
      />
      {Object.keys(node.attrs).length === 0 ? (
        <p className="dim">It has no attributes.</p>
      ) : (
        <JsonView label="Attributes" value={node.attrs} />
      )}
    </div>
  );
}
