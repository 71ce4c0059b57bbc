'use client';

import { type DatasetInfo, endpoints, type TreeNode } from '@countroom/contracts';
import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';
import { EmptyState } from '../../lib/states/empty-state';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { Panel } from '../../lib/ui/panel';
import { replaceUrl, urlList, urlText, useUrlState } from '../../lib/url/url-state';
import classes from '../data/data.module.css';
import { FileTree } from '../data/file-tree';
import { NodeAttributes } from '../data/node-attributes';
import { findNode } from '../data/tree-rows';
import { type Hdf5View, hdf5Views, startNode } from './hdf5-views';
import { SliceImage } from './slice-image';
import { SliceLine } from './slice-line';
import { SliceTable } from './slice-table';

const viewNames: Readonly<Record<Hdf5View, string>> = {
  table: 'Table',
  line: 'Line',
  image: 'Image',
  attributes: 'Attributes',
};

/** Any HDF5 file: its objects at the left, parts of the chosen one at the right; both stand in the address. */
export function Hdf5Browser({ dataset }: { readonly dataset: DatasetInfo }): ReactNode {
  const tree = useApi(endpoints.data.tree, { params: { id: dataset.id } });
  return (
    <QueryView query={tree} loading={<LoadingState lines={8} />}>
      {(root) =>
        (root.children ?? []).length === 0 ? (
          <Panel title="Content">
            <EmptyState title="The file holds nothing.">It has no group and no dataset.</EmptyState>
            <NodeAttributes node={root} />
          </Panel>
        ) : (
          <Browser dataset={dataset} root={root} />
        )
      }
    </QueryView>
  );
}

function Browser({ dataset, root }: { readonly dataset: DatasetInfo; readonly root: TreeNode }): ReactNode {
  const [path] = useUrlState('path', urlText);
  const node = path === '' ? startNode(root) : findNode(root, path);
  return (
    <div className={classes['browser']}>
      <Panel title="Objects">
        <FileTree
          root={root}
          chosen={node?.path ?? ''}
          onChoose={(next) => {
            if (next !== node?.path)
              replaceUrl({ path: next, view: null, at: null, row: null, column: null, zoom: null });
          }}
        />
      </Panel>
      {node === undefined ? (
        <Panel title="Not in this file">
          <EmptyState title={`The file has no object ${path}.`}>Choose one of those at the left.</EmptyState>
        </Panel>
      ) : (
        <NodePanel key={node.path} dataset={dataset} node={node} />
      )}
    </div>
  );
}

function NodePanel({ dataset, node }: { readonly dataset: DatasetInfo; readonly node: TreeNode }): ReactNode {
  const [view, setView] = useUrlState('view', urlText);
  const [places, setPlaces] = useUrlState('at', urlList);
  const views = hdf5Views(node);
  const shown = views.find((each) => each === view) ?? views[0]!;
  const common = {
    dataset: dataset.id,
    node,
    at: places.map(Number),
    onAt: (at: readonly number[]) => setPlaces(at.map(String)),
  };
  return (
    <Panel
      title={node.path === '' ? 'File' : node.path}
      aside={
        views.length === 1 ? null : (
          <div className={classes['views']}>
            <SegmentedControl
              aria-label="How to look at it"
              value={shown}
              onChange={setView}
              data={views.map((each) => ({ value: each, label: viewNames[each] }))}
            />
          </div>
        )
      }
    >
      {shown === 'table' ? <SliceTable {...common} /> : null}
      {shown === 'line' ? <SliceLine {...common} /> : null}
      {shown === 'image' ? <SliceImage {...common} /> : null}
      {shown === 'attributes' ? <NodeAttributes node={node} /> : null}
    </Panel>
  );
}
