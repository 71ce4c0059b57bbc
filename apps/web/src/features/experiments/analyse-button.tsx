'use client';

import { type Experiment, endpoints, type RunDetail } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { shownError } from '../../lib/api/errors';
import { useCommand } from '../../lib/api/use-command';
import { usePermission } from '../../lib/api/use-session';
import { useLanguage } from '../../lib/language/language';
import { ActionButton } from '../../lib/ui/action-button';
import { FaultNote } from '../../lib/ui/fault-note';
import { Row } from '../../lib/ui/layout';
import { lastFailure } from './last-failure';
import { message } from './messages';

/** Submits the stages that make the results of an experiment out of its run. */
export function AnalyseButton({
  experiment,
  run,
}: {
  readonly experiment: Experiment;
  readonly run: RunDetail | null;
}): ReactNode {
  const { language } = useLanguage();
  const permission = usePermission('shifter', run?.detector);
  const submit = useCommand(endpoints.jobs.submit, {
    quiet: true,
    changes: [endpoints.runs.get, endpoints.jobs.list],
  });
  const working = run?.jobs.some(({ status }) => ['waiting', 'queued', 'running'].includes(status)) ?? false;
  const failed = lastFailure(run?.jobs ?? []);
  const reason = (): string | null => {
    if (run === null) return message(language, 'noRun');
    if (!run.dataKinds.includes('raw')) return message(language, 'packing');
    if (!permission.allowed) return permission.reason;
    return working ? message(language, 'working') : null;
  };
  return (
    <>
      <Row>
        <ActionButton
          reason={reason()}
          loading={submit.isPending}
          onClick={() => {
            if (run === null) return;
            submit.mutate({
              body: {
                runs: [{ detector: run.detector, number: run.number }],
                stages: experiment.analysis.map(({ stage, config }) => ({ stage, config })),
                name: experiment.id,
              },
            });
          }}
        >
          {message(language, 'analyse')}
        </ActionButton>
      </Row>
      {failed === undefined || working ? null : <p role="alert">{failed.error}</p>}
      <FaultNote failure={submit.error === null ? undefined : shownError(submit.error)} />
    </>
  );
}
