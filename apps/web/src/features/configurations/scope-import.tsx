'use client';

import { endpoints, maxSettingsLength, type ScopeImport } from '@countroom/contracts';
import { Button, NativeSelect } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { shownError } from '../../lib/api/errors';
import { useCommand } from '../../lib/api/use-command';
import type { Json } from '../../lib/form/schema-node';
import { FaultNote } from '../../lib/ui/fault-note';
import { Row, Stacked } from '../../lib/ui/layout';
import { FindingList } from './finding-list';
import { SettingLines } from './setting-lines';
import { settingsText } from './settings-text';

type Program = 'picodaq' | 'picocosmo';
/** Reads a settings file of an older program and shows what it holds before it is taken over. */
export function ScopeImportBox({
  source,
  onTake,
}: {
  readonly source: string;
  readonly onTake: (config: Json) => void;
}): ReactNode {
  const [program, setProgram] = useState<Program>('picodaq');
  const [tooLarge, setTooLarge] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const read = useCommand(endpoints.configurations.scopeImport, { quiet: true });
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    read.reset();
    // Each character is one byte at least.
    const large = file.size > maxSettingsLength;
    setTooLarge(large ? `${file.name} is too large for a settings file: at most 64 KiB.` : '');
    if (!large) read.mutate({ body: { file: file.name, text: await settingsText(file), program } });
  };
  return (
    <div
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void take(event.dataTransfer.files[0]);
      }}
    >
      <Row>
        <NativeSelect
          label="Keys that are not in the file are as in"
          value={program}
          onChange={(event) =>
            setProgram(event.currentTarget.value === 'picocosmo' ? 'picocosmo' : 'picodaq')
          }
          data={[
            { value: 'picodaq', label: 'picoDAQ, PhyPiDAQ' },
            { value: 'picocosmo', label: 'picoCosmo' },
          ]}
        />
        <Button variant="default" loading={read.isPending} onClick={() => input.current?.click()}>
          Import from picoDAQ/picoCosmo/PhyPiDAQ file
        </Button>
        <span className="dim">or drop it here (YAML or JSON)</span>
      </Row>
      <input
        ref={input}
        type="file"
        hidden
        accept=".yaml,.yml,.json,.daq"
        aria-label={`Settings file for ${source}`}
        onChange={(event) => {
          void take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      {tooLarge === '' ? null : <p role="alert">{tooLarge}</p>}
      <FaultNote failure={read.error === null ? undefined : shownError(read.error)} />
      {read.data === undefined ? null : (
        <ImportedFile
          imported={read.data}
          onTake={() => {
            onTake(read.data.config);
            read.reset();
          }}
          onLeave={() => read.reset()}
        />
      )}
    </div>
  );
}

function ImportedFile({
  imported,
  onTake,
  onLeave,
}: {
  readonly imported: ScopeImport;
  readonly onTake: () => void;
  readonly onLeave: () => void;
}): ReactNode {
  return (
    <Stacked>
      <SettingLines label="What became of the file" lines={imported.lines} />
      <FindingList findings={imported.findings} />
      <Row>
        <Button onClick={onTake}>Fill the editor with it</Button>
        <Button variant="default" onClick={onLeave}>
          Leave it
        </Button>
      </Row>
    </Stacked>
  );
}
