import { type InputTable, StageError, type TableReader } from '@countroom/pipeline';

/**
 * The coincidence map of an input: the one of that name, or the only one, in the layout of today or of files before
 * 2025. Throws a StageError when there is none, or it is not clear which.
 */
export async function findMap(
  stage: string,
  reader: TableReader,
  name: string | undefined,
): Promise<{ readonly reader: TableReader; readonly table: InputTable }> {
  const found = await reader.tables(1);
  const maps = found.filter(({ path, sample }) =>
    name === undefined ? sample.columns.has('table_key') : path === name,
  );
  const [table, second] = maps;
  if (table !== undefined && second === undefined) return { reader, table };
  const known = found.map(({ path }) => path).join(', ') || 'no tables';
  throw new StageError(
    stage,
    table === undefined
      ? `map: there is no coincidence map ${name ?? ''} in ${reader.name}; it has ${known}`
      : `map: ${reader.name} has several maps (${maps.map(({ path }) => path).join(', ')}); name one`,
  );
}
