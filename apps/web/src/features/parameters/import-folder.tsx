'use client';

import { AppError, endpoints, jsonObject, validityFolder } from '@countroom/contracts';
import { FileInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { shownError } from '../../lib/api/errors';
import { useCommand } from '../../lib/api/use-command';
import { DetectorSelect } from '../../lib/run/detector-select';
import { DialogForm } from '../../lib/ui/dialog-form';
import { Fields } from '../../lib/ui/layout';
import { Panel } from '../../lib/ui/panel';
import { filesOfDocuments } from './files-of-documents';
import { setsRead } from './sets-read';

/** A validity file and its documents, from the reader's disk. */
export function ImportFolder({
  detector: first,
  onDone,
}: {
  readonly detector: string;
  readonly onDone: () => void;
}): ReactNode {
  const [detector, setDetector] = useState(first);
  const [set, setSet] = useState('');
  const [validity, setValidity] = useState<File | null>(null);
  const [files, setFiles] = useState<File[]>([]);
  const send = useCommand(endpoints.parameters.import, {
    changes: [endpoints.parameters.sets, endpoints.parameters.versions],
    quiet: true,
    says: ({ added, known }) => `${added} versions were added, ${known} were there already.`,
    done: onDone,
  });
  const work = useMutation({
    mutationFn: async () => {
      const text = (await validity?.text()) ?? '';
      const owner = { set, detector: detector === '' ? null : detector };
      const whole = exported(text);
      if (whole !== undefined) return send.mutateAsync({ body: { ...owner, ...whole } });
      const documents = await documentsIn(text, files);
      return send.mutateAsync({ body: { ...owner, validity: text, documents } });
    },
  });
  const reason =
    set === '' ? 'Name the set, for example dsp.' : validity === null ? 'Choose the validity file.' : null;
  return (
    <Panel title="Import a validity file">
      <DialogForm
        about="YAML, JSON or lines of JSON; the documents are JSON or YAML files with the names that the validity file applies. A file of the export holds them all. They are approved at once."
        action="Import"
        reason={reason}
        busy={work.isPending}
        failure={work.error === null ? null : shownError(work.error)}
        onClose={onDone}
        onSubmit={() => work.mutate()}
      >
        <Fields>
          <DetectorSelect label="Detector" all="Every detector" value={detector} onChange={setDetector} />
          <TextInput
            label="Set"
            description={setsRead}
            value={set}
            onChange={(event) => setSet(event.currentTarget.value)}
          />
          <FileInput label="Validity file" value={validity} onChange={setValidity} />
          <FileInput label="Documents" multiple value={files} onChange={setFiles} />
        </Fields>
      </DialogForm>
    </Panel>
  );
}

/** A file of the export: validity file and documents in one. */
function exported(text: string) {
  try {
    const parsed = validityFolder.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** The documents that a validity file applies. What reads YAML is fetched when it is needed. */
async function documentsIn(validity: string, files: readonly File[]) {
  const { documentsOf, readDocument, ValidityFileError } = await import('@countroom/parameters');
  try {
    const found = filesOfDocuments(documentsOf(validity), files);
    const read = [...found].map(
      async ([name, file]) => [name, jsonObject.parse(readDocument(name, await file.text()))] as const,
    );
    return Object.fromEntries(await Promise.all(read));
  } catch (cause) {
    if (!(cause instanceof ValidityFileError)) throw cause;
    throw new AppError('input.invalid', `The validity file cannot be used: ${cause.message}.`, { cause });
  }
}
