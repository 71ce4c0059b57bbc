'use client';

import { endpoints, type SettingsSet } from '@countroom/contracts';
import { Button } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { shownError } from '../../lib/api/errors';
import { useCommand } from '../../lib/api/use-command';
import type { Json } from '../../lib/form/schema-node';
import { FaultNote } from '../../lib/ui/fault-note';
import { Row, Stacked } from '../../lib/ui/layout';
import { Panel } from '../../lib/ui/panel';
import { FindingList } from './finding-list';
import { setFaults, withFiles } from './set-files';
import { SettingLines } from './setting-lines';
import { settingsText } from './settings-text';

/** Reads all settings files of an older program at once and shows what each holds before the form takes them over. */
export function SetImport({ onTake }: { readonly onTake: (content: Json) => void }): ReactNode {
  const [files, setFiles] = useState<readonly File[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const read = useCommand(endpoints.configurations.setImport, { quiet: true });
  const faults = setFaults(files);
  const take = async (chosen: readonly File[]): Promise<void> => {
    if (chosen.length === 0) return;
    read.reset();
    const all = withFiles(files, chosen);
    setFiles(all);
    if (setFaults(all).length > 0) return;
    const texts = all.map(async (file) => ({ name: file.name, text: await settingsText(file) }));
    read.mutate({ body: { files: await Promise.all(texts) } });
  };
  const leave = (): void => {
    read.reset();
    setFiles([]);
  };
  return (
    <Panel title="Import a set of settings">
      <Stacked>
        <p>
          All files of one set-up of picoDAQ, picoCosmo or PhyPiDAQ: the top file (<code>.daq</code>,{' '}
          <code>DAQconfig.yaml</code>, <code>PhyPiConf.daq</code>) and those that it names. They become one
          configuration of a detector; nothing is stored before you have seen it.
        </p>
        <div
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            void take([...event.dataTransfer.files]);
          }}
        >
          <Row>
            <Button variant="default" loading={read.isPending} onClick={() => input.current?.click()}>
              {files.length === 0 ? 'Choose files' : 'Add files'}
            </Button>
            <span className="dim">
              {files.length === 0
                ? 'or drop them here, several at once (YAML or JSON)'
                : files.map(({ name }) => name).join(', ')}
            </span>
          </Row>
        </div>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept=".yaml,.yml,.json,.daq"
          aria-label="Settings files"
          onChange={(event) => {
            void take([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
        {faults.length === 0 ? null : (
          <ul role="alert">
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        )}
        <FaultNote failure={read.error === null ? undefined : shownError(read.error)} />
        {read.data?.parts.map((part) => (
          <ImportedPart key={`${part.file} ${part.role}`} part={part} />
        ))}
        <Row>
          {read.data === undefined ? null : (
            <Button onClick={() => onTake(read.data.content)}>Go on to the form</Button>
          )}
          {files.length === 0 ? null : (
            <Button variant="default" onClick={leave}>
              Leave them
            </Button>
          )}
        </Row>
      </Stacked>
    </Panel>
  );
}

function ImportedPart({ part }: { readonly part: SettingsSet['parts'][number] }): ReactNode {
  const { file, role, lines, findings } = part;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return (
    <details open={errors > 0}>
      <summary>
        <strong>{file}</strong> · {role} ·{' '}
        <span className="dim">
          {lines.length} {lines.length === 1 ? 'key' : 'keys'},{' '}
          {errors === 0 ? 'nothing to mend' : `${errors} to mend`}
        </span>
      </summary>
      {lines.length === 0 ? null : <SettingLines label={`What became of ${file}`} lines={lines} />}
      {findings.length === 0 ? null : <FindingList findings={findings} />}
    </details>
  );
}
