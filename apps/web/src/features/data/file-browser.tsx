'use client';

import { type DatasetInfo, endpoints, type TreeNode } from '@countroom/contracts';
import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';
import { EmptyState } from '../../lib/states/empty-state';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { Panel } from '../../lib/ui/panel';
import { replaceUrl, urlText, useUrlState } from '../../lib/url/url-state';
import { browserWords } from '../waveform-browser/browser-address';
import { tableOf } from '../waveform-browser/tiers';
import { WaveformBrowser } from '../waveform-browser/waveform-browser';
import { useCut } from './cut-of-view';
import classes from './data.module.css';
import { FileTree } from './file-tree';
import { HistogramView } from './histogram-view';
import { NodeAttributes } from './node-attributes';
import { PlaneView } from './plane-view';
import { TableView } from './table-view';
import { findNode, firstNode, histogramColumns, pathsAbove, type View, viewsOf } from './tree-rows';

const viewNames: Readonly<Record<View, string>> = {
  table: 'Table',
  waveforms: 'Waveforms',
  histogram: 'Histogram',
  plane: 'Two columns',
  attributes: 'Attributes',
};

/** Tree at the left, the chosen object at the right; both stand in the address. */
export function FileBrowser({ dataset }: { readonly dataset: DatasetInfo }): ReactNode {
  const tree = useApi(endpoints.data.tree, { params: { id: dataset.id } });
  return (
    <QueryView
      query={tree}
      loading={
        <div className={classes['browser']}>
          <LoadingState lines={8} />
          <LoadingState lines={1} height={320} />
        </div>
      }
    >
      {(root) =>
        (root.children ?? []).length === 0 ? (
          <Panel title="Content">
            <EmptyState title="The file holds nothing.">Its job wrote no table.</EmptyState>
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
  const [view, setView] = useUrlState('view', urlText);
  const node = path === '' ? firstNode(root) : findNode(root, path);
  // Zoom and rows belong to the object that was left.
  const choose = (next: string, wanted: View | null = null): void => {
    if (next === node?.path && wanted === null) return;
    const sameTable = tableOf(root, next)?.path === tableOf(root, node?.path ?? '')?.path;
    const left = sameTable ? [] : ['cut', ...browserWords];
    replaceUrl({
      path: next,
      view: wanted,
      ...Object.fromEntries(['range', 'yrange', 'zoom', 'bins', ...left].map((word) => [word, null])),
    });
  };
  return (
    <div className={classes['browser']}>
      <Panel title="Objects">
        <FileTree root={root} chosen={node?.path ?? ''} onChoose={(next) => choose(next)} />
      </Panel>
      {node === undefined ? (
        <Panel title="Not in this file">
          <EmptyState title={`The file has no object ${path}.`}>Choose one of those at the left.</EmptyState>
        </Panel>
      ) : (
        <NodePanel
          key={node.path}
          dataset={dataset}
          root={root}
          node={node}
          view={view}
          onView={setView}
          onChoose={choose}
        />
      )}
    </div>
  );
}

function NodePanel({
  dataset,
  root,
  node,
  view,
  onView,
  onChoose,
}: {
  readonly dataset: DatasetInfo;
  readonly root: TreeNode;
  readonly node: TreeNode;
  readonly view: string;
  readonly onView: (view: string) => void;
  readonly onChoose: (path: string, view: View) => void;
}): ReactNode {
  const views = viewsOf(node);
  const shown = views.find((each) => each === view) ?? views[0]!;
  const cut = useCut(root, node);
  return (
    <Panel
      title={node.path}
      aside={
        views.length === 1 ? null : (
          <div className={classes['views']}>
            <SegmentedControl
              aria-label="How to look at it"
              value={shown}
              onChange={onView}
              data={views.map((each) => ({ value: each, label: viewNames[each] }))}
            />
          </div>
        )
      }
    >
      {shown === 'table' ? (
        <TableView dataset={dataset.id} node={node} cut={cut} onChoose={onChoose} />
      ) : null}
      {shown === 'waveforms' ? <WaveformBrowser dataset={dataset} root={root} node={node} /> : null}
      {shown === 'histogram' ? (
        <HistogramView
          dataset={dataset.id}
          columns={columnsBeside(root, node)}
          cut={cut}
          chosen={node.kind === 'table' ? (histogramColumns(node)[0] ?? node) : node}
          onChoose={(path) => onChoose(path, 'histogram')}
        />
      ) : null}
      {shown === 'plane' ? <PlaneView dataset={dataset.id} table={node} cut={cut} /> : null}
      {shown === 'attributes' ? <NodeAttributes node={node} /> : null}
    </Panel>
  );
}

function columnsBeside(root: TreeNode, node: TreeNode): readonly TreeNode[] {
  if (node.kind === 'table') return histogramColumns(node);
  const above = pathsAbove(node.path).at(-1);
  const table = above === undefined ? undefined : findNode(root, above);
  const columns = table === undefined ? [] : histogramColumns(table);
  return columns.includes(node) ? columns : [node, ...columns];
}
