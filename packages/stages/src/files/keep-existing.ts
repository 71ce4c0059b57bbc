import type { Lh5Reader, Lh5Writer, TreeNode } from '@countroom/lh5';
import { type RowPlan, StageError } from '@countroom/pipeline';
import type { DataObject } from '@countroom/records';

/** How what an output file holds already meets a run of a stage. */
export interface Keeping {
  /** `append`: new rows go behind those of a table; `update`: new tables take the place of those of the same path. */
  readonly mode: 'append' | 'update';
  readonly stage: string;
  readonly plan: RowPlan;
}

/**
 * Copies an existing file into a new one as far as it is kept. Encoded columns are copied as they are. Throws a
 * StageError when rows would be added to a file that was made with other options.
 */
export async function keepExisting(reader: Lh5Reader, writer: Lh5Writer, keeping: Keeping): Promise<void> {
  const { mode, stage, plan } = keeping;
  const outputs = new Set(plan.tasks.map(({ output }) => output));
  const replaced = new Set(plan.documents.map(({ path }) => path));
  if (mode === 'append') {
    for (const { path, object } of plan.documents) {
      if (!(await reader.has(path)) || isSame(await reader.read(path), object)) continue;
      throw new StageError(
        stage,
        `${reader.file} was made with other options (see ${path} in it): rows can only be added that are made the same way; update or replace the file, or write another one`,
      );
    }
  }
  const keep = async (node: TreeNode): Promise<void> => {
    if (replaced.has(node.path) || (mode === 'update' && outputs.has(node.path))) return;
    if (node.kind === 'group' || (node.kind === 'struct' && node.rows === null)) {
      for (const child of node.children) await keep(child);
      if (node.path !== '' && Object.keys(node.attrs).length > 0 && node.children.length > 0)
        await writer.setAttributes(node.path, node.attrs);
      return;
    }
    if (node.rows === null) {
      await writer.write(node.path, await reader.read(node.path));
      return;
    }
    let empty = true;
    for await (const { data } of reader.blocks(node.path, { decode: false })) {
      empty = false;
      await writer.append(node.path, data);
    }
    if (empty) await writer.append(node.path, await reader.read(node.path, { rows: [0, 0], decode: false }));
  };
  await keep(await reader.tree());
}

function isSame(a: DataObject, b: DataObject): boolean {
  if (a.kind === 'struct' && b.kind === 'struct') {
    return (
      a.fields.size === b.fields.size &&
      [...a.fields].every(([name, field]) => {
        const other = b.fields.get(name);
        return other !== undefined && isSame(field, other);
      })
    );
  }
  return a.kind === 'scalar' && b.kind === 'scalar' && a.value === b.value;
}
