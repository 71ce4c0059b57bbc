'use client';

import { endpoints, slug } from '@countroom/contracts';
import { Button, NumberInput, TextInput } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useApi } from '../../lib/api/use-api';
import { useCommand } from '../../lib/api/use-command';
import { usePermission } from '../../lib/api/use-session';
import { ActionButton } from '../../lib/ui/action-button';
import { Panel } from '../../lib/ui/panel';
import classes from './data.module.css';
import { ImportFolder } from './import-folder';
import { UploadList } from './upload-list';
import { useUploads } from './use-uploads';

/** Brings recorded files into the run database: from this machine, or from the server's folder. */
export function ImportPanel(): ReactNode {
  const [detector, setDetector] = useState('imported');
  const [comment, setComment] = useState('');
  const [run, setRun] = useState<number | null>(null);
  const [over, setOver] = useState(false);
  const [folder, setFolder] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const permission = usePermission('shifter', detector);
  const { uploads, add, cancel, retry, clear } = useUploads();
  const named = slug.safeParse(detector);
  const known = useApi(endpoints.detectors.list, {}).data;
  const isNew = named.success && known?.every(({ name }) => name !== detector) === true;
  const reason = !permission.allowed
    ? permission.reason
    : !named.success
      ? 'The detector needs a short name first.'
      : isNew
        ? `There is no detector ${detector} yet.`
        : null;
  const take = (files: FileList | null): void => {
    if (reason === null && files !== null && files.length > 0) add([...files], { detector, comment, run });
  };
  const allow = (event: DragEvent): void => {
    event.preventDefault();
    setOver(reason === null);
  };
  return (
    <Panel title="Import recordings">
      <div
        className={classes['drop']}
        data-over={over || undefined}
        onDragEnter={allow}
        onDragOver={allow}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
      >
        <TextInput
          label="Detector"
          description="One whose runs are files"
          value={detector}
          error={named.success ? undefined : 'Small letters, digits, - and _, beginning with a letter'}
          onChange={(event) => setDetector(event.currentTarget.value)}
        />
        <NumberInput
          label="Run"
          description="Of an imported run: files are added to it"
          placeholder="A new one for each file"
          hideControls
          min={0}
          allowDecimal={false}
          value={run ?? ''}
          onChange={(value) => setRun(value === '' ? null : Number(value))}
        />
        <TextInput
          label="Comment"
          description="Kept with the run"
          value={comment}
          maxLength={4000}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <div className={classes['dropAction']}>
          <ActionButton
            reason={reason}
            leftSection={<IconUpload size={16} aria-hidden />}
            onClick={() => input.current?.click()}
          >
            Choose files
          </ActionButton>
          <Button variant="default" aria-expanded={folder} onClick={() => setFolder(!folder)}>
            {folder ? "Hide the server's folder" : "From the server's folder"}
          </Button>
          {isNew ? <NewDetector name={detector} /> : null}
          <span className="dim">
            {over
              ? 'Let go to import.'
              : `or drop them here. The format is found out; ${run === null ? 'each file becomes a run' : `they go into run ${detector}/${run}`}.`}
          </span>
        </div>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label="Files to import"
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {uploads.length === 0 ? null : (
        <UploadList uploads={uploads} onCancel={cancel} onRetry={retry} onClear={clear} />
      )}
      {folder ? <ImportFolder facts={{ detector, comment, run }} reason={reason} /> : null}
    </Panel>
  );
}

/** Makes a detector whose runs are imported files. */
function NewDetector({ name }: { readonly name: string }): ReactNode {
  const permission = usePermission('administrator');
  const create = useCommand(endpoints.detectors.create, { changes: [endpoints.detectors.list] });
  return (
    <ActionButton
      variant="default"
      reason={permission.allowed ? null : permission.reason}
      loading={create.isPending}
      onClick={() => create.mutate({ body: { name, kind: 'files' } })}
    >
      {`Make detector ${name}`}
    </ActionButton>
  );
}
