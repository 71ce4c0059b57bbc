'use client';

import {
  endpoints,
  type JobsPreview,
  type StageInfo,
  type SubmitJobs,
  type ValueSource,
  valueSource,
} from '@countroom/contracts';
import { Checkbox, NativeSelect, NumberInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { shownError } from '../../lib/api/errors';
import { permissionForAll } from '../../lib/api/permissions';
import { useApi } from '../../lib/api/use-api';
import { useCommand } from '../../lib/api/use-command';
import { useSession } from '../../lib/api/use-session';
import { ErrorState } from '../../lib/states/error-state';
import { LoadingState } from '../../lib/states/loading-state';
import { ActionButton } from '../../lib/ui/action-button';
import { FaultNote } from '../../lib/ui/fault-note';
import { Row, Stacked } from '../../lib/ui/layout';
import { Panel } from '../../lib/ui/panel';
import { countWords, PreviewTable } from './preview-table';
import type { RunName } from './process-path';
import { chainWords, missingWord, requestedStages, type StageChoices } from './stage-choice';

const usualPriority = 50;
const valueChoices: readonly { readonly value: ValueSource; readonly label: string }[] = [
  { value: 'approved', label: 'Approved ones, as they are now' },
  { value: 'when-approved', label: 'Found by this request, once approved' },
  { value: 'own', label: 'Found by this request, without approval' },
];
const typingMs = 300;

/** What would be done, with the button that has it done. */
export function ProcessRequest({
  runs,
  stages,
  choices,
  pipeline,
  values,
  onValues,
}: {
  readonly runs: readonly RunName[];
  readonly stages: readonly StageInfo[];
  readonly choices: StageChoices;
  /** The stored pipeline that the choices began with; without a version when they were changed. Empty for none. */
  readonly pipeline: { readonly versionId: string; readonly name: string };
  /** Where values behind `db.` come from. */
  readonly values: ValueSource;
  readonly onValues: (source: ValueSource) => void;
}): ReactNode {
  const router = useRouter();
  const session = useSession().data;
  const permission = permissionForAll(
    session,
    'shifter',
    runs.map(({ detector }) => detector),
  );
  const [priority, setPriority] = useState<number | string>(usualPriority);
  const [force, setForce] = useState(false);
  const submit = useCommand(endpoints.jobs.submit, {
    changes: [
      endpoints.pipelines.list,
      endpoints.jobs.list,
      endpoints.jobs.preview,
      endpoints.runs.get,
      endpoints.runs.list,
    ],
    quiet: true,
    done: ({ pipelineId }) => router.push(`/pipelines/${pipelineId}`),
  });
  const missing = missingWord(runs.length, stages, choices);
  const body: SubmitJobs = {
    runs: [...runs],
    stages: missing === null ? requestedStages(stages, choices) : [],
    name: pipeline.name,
    ...(pipeline.versionId === '' ? {} : { pipelineVersionId: pipeline.versionId }),
    parameters: values,
    priority: priority === '' ? usualPriority : Number(priority),
    force,
    joint: false,
  };
  const preview = usePreview(missing === null ? body : null);
  const refused = (preview.data?.refused.length ?? 0) > 0;
  const reason = permission.allowed
    ? (missing ?? (refused ? 'Part of it cannot be done: see above.' : null))
    : permission.reason;
  return (
    <Panel title="Request">
      <Stacked>
        {missing === null ? (
          <Preview preview={preview} words={chainWords(stages, choices)} body={body} />
        ) : (
          <p className="dim">
            What would be computed and what is stored already is shown here before anything begins.
          </p>
        )}
        <Row>
          <NumberInput
            label="Priority"
            description="0 to 100, 100 first"
            w={144}
            min={0}
            max={100}
            allowDecimal={false}
            value={priority}
            onChange={setPriority}
            onBlur={() => {
              if (priority === '') setPriority(usualPriority);
            }}
          />
          <NativeSelect
            label="Values behind db."
            description="Such as calibrations and cuts"
            w={288}
            data={[...valueChoices]}
            value={values}
            onChange={(event) => onValues(valueSource.parse(event.currentTarget.value))}
          />
          <Checkbox
            label="Compute again what exists already"
            pb={8}
            checked={force}
            onChange={(event) => setForce(event.currentTarget.checked)}
          />
        </Row>
        <FaultNote failure={submit.error === null ? undefined : shownError(submit.error)} />
        <ActionButton reason={reason} loading={submit.isPending} onClick={() => submit.mutate({ body })}>
          Submit
        </ActionButton>
      </Stacked>
    </Panel>
  );
}

interface PreviewQuery {
  readonly data: JobsPreview | undefined;
  readonly error: unknown;
  readonly refetch: () => void;
  /** What is shown belongs to the request before. */
  readonly old: boolean;
}

/** What the server would do about a request, asked when it has been left alone for a moment. */
function usePreview(body: SubmitJobs | null): PreviewQuery {
  // Compared as text: the request is made anew with every key pressed in the form.
  const [settled] = useDebouncedValue(body === null ? '' : JSON.stringify(body), typingMs);
  const query = useApi(
    endpoints.jobs.preview,
    { body: settled === '' ? { runs: [], stages: [] } : (JSON.parse(settled) as SubmitJobs) },
    { enabled: settled !== '' && body !== null, keepPrevious: true },
  );
  const old = query.isPlaceholderData || settled !== JSON.stringify(body);
  return {
    data: body === null || query.error !== null ? undefined : query.data,
    error: query.error,
    refetch: () => void query.refetch(),
    old,
  };
}

function Preview({
  preview,
  words,
  body,
}: {
  readonly preview: PreviewQuery;
  readonly words: string;
  readonly body: SubmitJobs;
}): ReactNode {
  if (preview.error !== null && !preview.old) {
    return <ErrorState error={preview.error} retry={preview.refetch} />;
  }
  if (preview.data === undefined) return <LoadingState lines={2} label="Asking what would be computed" />;
  return (
    <Stacked>
      <p role="status" style={{ margin: 0, opacity: preview.old ? 0.5 : 1 }}>
        <strong>{countWords(preview.data)}</strong> <span className="dim mono">{words}</span>
      </p>
      <PreviewTable preview={preview.data} stages={body.stages.map(({ stage }) => stage)} />
    </Stacked>
  );
}
