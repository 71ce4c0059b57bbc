import type { DatasetInfo } from '@countroom/contracts';

const byEnding: Readonly<Record<string, DatasetInfo['format']>> = {
  svg: 'picture',
  png: 'picture',
  h5: 'hdf5',
  hdf5: 'hdf5',
};

/** How a file of a consumer can be looked at, by its name; what is nothing else is text. */
export function resultFormat(name: string): DatasetInfo['format'] {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return (Object.hasOwn(byEnding, ending) ? byEnding[ending] : undefined) ?? 'text';
}
