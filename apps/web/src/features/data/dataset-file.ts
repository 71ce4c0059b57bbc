import type { DatasetInfo } from '@countroom/contracts';

type Named = Pick<DatasetInfo, 'path'>;

/** A consumer still writes to it. */
export function isGrowing({ format, checksum }: Pick<DatasetInfo, 'format' | 'checksum'>): boolean {
  return checksum === null && (format === 'text' || format === 'picture');
}

export function fileName({ path }: Named): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `<consumer>/<file>` of what a consumer wrote or kept; null for other datasets, which their kind names well enough. */
export function consumerFile({ dataKind, path }: Named & Pick<DatasetInfo, 'dataKind'>): string | null {
  return dataKind === 'results' || dataKind === 'kept' ? path.split('/').slice(-2).join('/') : null;
}
