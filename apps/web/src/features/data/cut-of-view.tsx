'use client';

import type { TreeNode } from '@countroom/contracts';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { EmptyState } from '../../lib/states/empty-state';
import { QueryView } from '../../lib/states/query-view';
import { replaceUrl, urlText, useUrlState } from '../../lib/url/url-state';
import { tableOf } from '../waveform-browser/tiers';
import { cutFault } from './cut-fault';
import { CutField } from './cut-field';
import { histogramColumns } from './tree-rows';

/** The cut of the address, for an object of a file. */
export interface CutState {
  readonly text: string;
  /** As it is asked for; nothing without a cut. */
  readonly query: { readonly cut?: string };
  /** Columns that it can be made of; null where there is no table, and so no cut. */
  readonly columns: readonly string[] | null;
}

/** A cut is made of the columns of the table that an object is, or is a column of. */
export function useCut(root: TreeNode, node: TreeNode): CutState {
  const [text] = useUrlState('cut', urlText);
  const table = tableOf(root, node.path);
  const usable =
    table !== undefined && (node === table || node.kind !== 'scalar') && table.rows === node.rows;
  if (!usable) return { text: '', query: {}, columns: null };
  return {
    text,
    query: text === '' ? {} : { cut: text },
    columns: histogramColumns(table).map(({ name }) => name),
  };
}

/** The field of the cut, above what it changes. */
export function CutOfView({ cut, error }: { readonly cut: CutState; readonly error: unknown }): ReactNode {
  if (cut.columns === null) return null;
  const [first] = cut.columns;
  return (
    <CutField
      cut={cut.text}
      columns={cut.columns}
      placeholder={first === undefined ? '' : `${first} > 0`}
      error={error}
      onCut={(text) => replaceUrl({ cut: text === '' ? null : text, row: null, place: null })}
    />
  );
}

/** As QueryView; a fault of the cut is told where it is written. */
export function CutQueryView<T>(props: {
  readonly query: UseQueryResult<T>;
  readonly loading?: ReactNode;
  readonly children: (data: T) => ReactNode;
}): ReactNode {
  const { query } = props;
  if (query.data === undefined && cutFault(query.error) !== null)
    return (
      <EmptyState title="The cut cannot be used.">
        What is wrong with it stands at its place above.
      </EmptyState>
    );
  return <QueryView {...props} />;
}
