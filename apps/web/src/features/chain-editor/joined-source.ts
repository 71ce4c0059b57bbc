import type { Correspondence, DatasetInfo, TreeNode } from '@countroom/contracts';
import type { JoinedInput } from '@countroom/dsp';

const kinds = ['hit', 'tcm', 'evt'];
const dataSet = new RegExp(`^\\{(${kinds.join('|')})\\}$`);

/** The data set of the run that an entry of a chain means: one made of these very rows before any other. */
export function sourceOf(
  { file }: Pick<JoinedInput, 'file'>,
  run: number,
  datasets: readonly DatasetInfo[],
  { sameRows }: Pick<Correspondence, 'sameRows'>,
): DatasetInfo | string {
  const kind = dataSet.exec(file)?.[1];
  if (kind === undefined) {
    const names = kinds.map((one) => `{${one}}`).join(', ');
    return `${file} cannot be joined here: in jobs and in the preview a chain names data sets of the run (${names}); names of files are for the command line`;
  }
  const found = datasets.filter(({ dataKind, format }) => dataKind === kind && format === 'lh5');
  return (
    found.find(({ id }) => sameRows.includes(id)) ??
    found[0] ??
    `run ${run} has no ${kind} data: process it up to ${kind} first`
  );
}

/** Why the rows of a table of a file are not those of the raw table; undefined when there are as many. */
export function rowsFault(
  { file, group }: Pick<JoinedInput, 'file' | 'group'>,
  root: TreeNode,
  raw: { readonly path: string; readonly rows: number },
): string | undefined {
  const tables = tablesIn(root);
  const found = tables.find(({ path }) => path === group);
  if (found === undefined) {
    const known = tables
      .slice(0, 6)
      .map(({ path }) => path)
      .join(', ');
    return `${file} has no table ${group}${known === '' ? '' : ` (it has ${known}${tables.length > 6 ? ', …' : ''})`}`;
  }
  const rows = found.rows ?? 0;
  return rows === raw.rows
    ? undefined
    : `${group} of ${file} has ${rows} rows, ${raw.path} has ${raw.rows}: joined tables must be about the same events`;
}

/** A word about rows that are as many, and may still be about other events. */
export function originRemark(
  { file, group }: Pick<JoinedInput, 'file' | 'group'>,
  dataset: DatasetInfo,
  { sameRows }: Pick<Correspondence, 'sameRows'>,
): string | undefined {
  return sameRows.includes(dataset.id)
    ? undefined
    : `${group} of ${file} has as many rows as the raw table, but was not made of it row by row: they may be about other events`;
}

function tablesIn(node: TreeNode): readonly TreeNode[] {
  return node.kind === 'table' ? [node] : (node.children ?? []).flatMap(tablesIn);
}
