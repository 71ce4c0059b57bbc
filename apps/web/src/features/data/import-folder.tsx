'use client';

import { endpoints, type ImportFile } from '@countroom/contracts';
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useApi } from '../../lib/api/use-api';
import { useCommand } from '../../lib/api/use-command';
import { int64Bytes } from '../../lib/format/int64';
import { EmptyState } from '../../lib/states/empty-state';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { PlainTable } from '../../lib/table/plain-table';
import { ActionButton } from '../../lib/ui/action-button';
import { FilterText } from '../../lib/ui/filter-text';
import { MomentText } from '../../lib/ui/moment-text';
import { RecordingFacts } from '../import/recording-panel';
import classes from './data.module.css';
import { ImportDone } from './import-done';
import type { UploadFacts } from './upload-queue';

/** Files that wait in the server's folder. */
export function ImportFolder({
  facts,
  reason,
}: {
  readonly facts: UploadFacts;
  /** Why nothing can be imported now; null when it can. */
  readonly reason: string | null;
}): ReactNode {
  const [words, setWords] = useState('');
  const folder = useApi(endpoints.data.importFolder, {});
  return (
    <div className={classes['folder']}>
      <QueryView query={folder}>
        {({ folder: path, files }) => {
          if (files.length === 0) {
            return (
              <EmptyState title="No file waits in the server's folder.">
                Put files into <span className="mono">{path}</span> on the server; they are shown here.
              </EmptyState>
            );
          }
          const shown = files.filter((file) => file.path.toLowerCase().includes(words.toLowerCase()));
          return (
            <>
              <div className={classes['folderHead']}>
                <span className="dim">
                  In <span className="mono">{path}</span> on the server
                </span>
                <FilterText
                  aria-label="Words in the name"
                  placeholder="Words in the name"
                  value={words}
                  onChange={setWords}
                />
              </div>
              <PlainTable
                label="Files in the server's folder"
                head={['File', 'Format', 'n:Size', 'Changed (UTC)', 'Import']}
                maxHeight="320px"
              >
                {shown.map((file) => (
                  <FolderRow key={file.path} file={file} facts={facts} reason={reason} />
                ))}
              </PlainTable>
              {shown.length === 0 ? <p className="dim">No name fits.</p> : null}
            </>
          );
        }}
      </QueryView>
    </div>
  );
}

function FolderRow({
  file,
  facts,
  reason,
}: {
  readonly file: ImportFile;
  readonly facts: UploadFacts;
  readonly reason: string | null;
}): ReactNode {
  const [open, setOpen] = useState(false);
  const take = useCommand(endpoints.data.importFromFolder, {
    changes: [endpoints.data.list, endpoints.runs.list, endpoints.detectors.list],
  });
  const isRecording = file.format !== null && file.format !== 'lh5';
  return (
    <>
      <tr>
        <td className="mono">{file.path}</td>
        <td>{formatWord(file.format) ?? <span className="dim">not known</span>}</td>
        <td className="num">{int64Bytes(file.bytes)}</td>
        <td>
          <MomentText at={file.modifiedAt} />
        </td>
        <td>
          {take.data === undefined ? (
            <ActionButton
              size="compact-xs"
              variant="default"
              aria-label={`Import ${file.path}`}
              reason={reason}
              quiet
              loading={take.isPending}
              onClick={() => {
                const { run, ...others } = facts;
                take.mutate({ body: { path: file.path, ...others, ...(run === null ? {} : { run }) } });
              }}
            >
              Import
            </ActionButton>
          ) : (
            <ImportDone result={take.data} />
          )}{' '}
          {isRecording ? (
            <Button
              size="compact-xs"
              variant="subtle"
              aria-expanded={open}
              aria-label={`Look inside ${file.path}`}
              onClick={() => setOpen(!open)}
            >
              {open ? 'Close' : 'Look inside'}
            </Button>
          ) : null}
        </td>
      </tr>
      {open ? (
        <tr>
          <td colSpan={5}>
            <FolderRecording path={file.path} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

/** What a recording of the folder holds, before it is taken. */
function FolderRecording({ path }: { readonly path: string }): ReactNode {
  const recording = useApi(endpoints.data.folderRecording, { query: { path } });
  return (
    <QueryView query={recording} loading={<LoadingState lines={4} label="Looking into the recording" />}>
      {(summary) => <RecordingFacts summary={summary} />}
    </QueryView>
  );
}

/** By its first bytes an LH5 file is any HDF5 file. */
function formatWord(format: string | null): string | null {
  return format === 'lh5' ? 'LH5 or HDF5' : format;
}
