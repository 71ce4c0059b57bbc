'use client';

import { endpoints, jsonObject } from '@countroom/contracts';
import { JsonInput, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { shownError } from '../../lib/api/errors';
import { useCommand } from '../../lib/api/use-command';
import { writtenJson } from '../../lib/form/written-json';
import { DetectorSelect } from '../../lib/run/detector-select';
import { DialogForm } from '../../lib/ui/dialog-form';
import { Fields } from '../../lib/ui/layout';
import { Panel } from '../../lib/ui/panel';
import { momentOf } from './moment-of';
import { runsOf } from './runs-of';
import { setsRead } from './sets-read';

const example = '{\n  "ch1": { "pz": { "tau": "180*us" } }\n}';

/** Values by hand, with a note of where they come from. */
export function ProposeValues({
  detector: first,
  onDone,
}: {
  readonly detector: string;
  readonly onDone: () => void;
}): ReactNode {
  const router = useRouter();
  const [detector, setDetector] = useState(first);
  const [set, setSet] = useState('dsp');
  const [validFrom, setValidFrom] = useState(() => new Date().toISOString().slice(0, 19).concat('Z'));
  const [validTo, setValidTo] = useState('');
  const [runs, setRuns] = useState('');
  const [category, setCategory] = useState('all');
  const [content, setContent] = useState(example);
  const [note, setNote] = useState('');
  const add = useCommand(endpoints.parameters.add, {
    changes: [endpoints.parameters.sets, endpoints.parameters.versions],
    quiet: true,
    done: (version) => {
      onDone();
      router.push(`/parameters/${version.setId}?version=${version.version}`);
    },
  });
  const parsed = parse(content);
  const at = momentOf(validFrom);
  const end = validTo.trim() === '' ? null : momentOf(validTo);
  const limits = runsOf(runs);
  const reason =
    parsed === undefined
      ? faultOf(content)
      : at === undefined || end === undefined
        ? 'Write the time like 2026-03-18T01:21:44Z.'
        : limits === undefined
          ? 'Write runs like 12, 12-15 or 12-.'
          : note.trim() === ''
            ? 'Say in the note where the values come from.'
            : null;
  return (
    <Panel title="Propose values">
      <DialogForm
        about="They hold when an expert has approved them."
        action="Propose"
        reason={reason}
        busy={add.isPending}
        failure={add.error === null ? null : shownError(add.error)}
        onClose={onDone}
        onSubmit={() =>
          add.mutate({
            body: {
              set,
              detector: detector === '' ? null : detector,
              content: parsed ?? {},
              validFrom: at ?? '',
              validTo: end ?? null,
              ...limits,
              category: category.trim() === '' ? 'all' : category.trim(),
              note,
            },
          })
        }
      >
        <Fields>
          <DetectorSelect label="Detector" all="Every detector" value={detector} onChange={setDetector} />
          <TextInput
            label="Set"
            description={setsRead}
            value={set}
            onChange={(event) => setSet(event.currentTarget.value)}
          />
          <TextInput
            label="Valid from (UTC)"
            value={validFrom}
            onChange={(event) => setValidFrom(event.currentTarget.value)}
          />
          <TextInput
            label="Valid to (UTC)"
            description="Not included; empty: for ever"
            value={validTo}
            onChange={(event) => setValidTo(event.currentTarget.value)}
          />
          <TextInput
            label="Runs"
            description="Such as 12-15 or 12-; empty: all"
            value={runs}
            onChange={(event) => setRuns(event.currentTarget.value)}
          />
          <TextInput
            label="Kind of data"
            description="A mode of runs; all: those without values of their own"
            value={category}
            onChange={(event) => setCategory(event.currentTarget.value)}
          />
          <TextInput label="Note" value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        </Fields>
        <JsonInput
          label="Values"
          description="By channel, or by a pattern such as ch*"
          autosize
          minRows={5}
          value={content}
          onChange={setContent}
        />
      </DialogForm>
    </Panel>
  );
}

function parse(text: string) {
  const read = writtenJson(text);
  return 'fault' in read ? undefined : jsonObject.safeParse(read.value).data;
}

/** The input itself says where a text is no JSON; it takes keys that stand twice. */
function faultOf(text: string): string {
  const read = writtenJson(text);
  return 'fault' in read && !read.fault.startsWith('Not JSON')
    ? `${read.fault}.`
    : 'Write the values as a JSON object: channel, then names and values.';
}
