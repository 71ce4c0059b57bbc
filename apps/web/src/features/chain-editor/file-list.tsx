import type { FileNumbers } from '@countroom/contracts';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { PlainTable } from '../../lib/table/plain-table';
import { StatusMark } from '../../lib/ui/status-mark';
import type { NamedFile } from './use-chain-files';

/** Files that processors of the chain are made of, and whether their numbers are there. */
export function FileList({
  files,
  onKeep,
}: {
  readonly files: readonly NamedFile[];
  /** Puts the numbers into the configuration. */
  readonly onKeep: (file: NamedFile, numbers: FileNumbers) => void;
}): ReactNode {
  if (files.length === 0) return null;
  return (
    <PlainTable label="Files of the chain" head={['File', 'Object', 'Numbers', 'In jobs']}>
      {files.map((file) => (
        <tr key={`${file.file} ${file.path}`}>
          <td className="mono">{file.file}</td>
          <td className="mono">{file.path}</td>
          <td>
            {file.fault === undefined ? (
              sizeText(file.numbers)
            ) : (
              <StatusMark mark="alarm">{file.fault}</StatusMark>
            )}
          </td>
          <td>
            <InJobs file={file} onKeep={onKeep} />
          </td>
        </tr>
      ))}
    </PlainTable>
  );
}

function InJobs({
  file,
  onKeep,
}: {
  readonly file: NamedFile;
  readonly onKeep: (file: NamedFile, numbers: FileNumbers) => void;
}): ReactNode {
  const { numbers } = file;
  if (file.isStored) return 'held by the configuration';
  if (file.file.startsWith('{')) return 'read from the run';
  if (numbers === undefined) return '–';
  return (
    <Button size="compact-xs" variant="default" onClick={() => onKeep(file, numbers)}>
      Keep in the configuration
    </Button>
  );
}

function sizeText(numbers: FileNumbers | undefined): string {
  if (numbers === undefined) return 'being read';
  return numbers.shape.length === 0
    ? `${numbers.dtype}: ${String(numbers.values[0])}`
    : `${numbers.dtype}, ${numbers.shape.join(' × ')}`;
}
