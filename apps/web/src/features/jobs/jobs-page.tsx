'use client';

import { endpoints, type JobStatus, jobStatus } from '@countroom/contracts';
import { Button, MultiSelect, NativeSelect, NumberInput } from '@mantine/core';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { useApi } from '../../lib/api/use-api';
import { usePages } from '../../lib/api/use-pages';
import { DetectorSelect } from '../../lib/run/detector-select';
import { EmptyState } from '../../lib/states/empty-state';
import { PagedTable } from '../../lib/table/paged-table';
import { Filters } from '../../lib/ui/layout';
import { Page } from '../../lib/ui/page';
import { urlList, urlNumber, urlText, useUrlState } from '../../lib/url/url-state';
import { JobBulk } from './job-bulk';
import { jobColumns } from './job-columns';
import { statusWord } from './job-words';

const refreshMs = 30_000;
const statusChoices = jobStatus.options.map((value) => ({ value, label: statusWord(value).word }));

export function JobsPage(): ReactNode {
  const router = useRouter();
  const [statusNames, setStatus] = useUrlState('status', urlList);
  const [stage, setStage] = useUrlState('stage', urlText);
  const [detector, setDetector] = useUrlState('detector', urlText);
  const [run, setRun] = useUrlState('run', urlNumber);
  const [pipeline, setPipeline] = useUrlState('pipeline', urlText);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const stages = useApi(endpoints.jobs.stages, {});
  const status: JobStatus[] = jobStatus.options.filter((each) => statusNames.includes(each));
  const pages = usePages(
    endpoints.jobs.list,
    {
      query: {
        ...(status.length === 0 ? {} : { status }),
        ...(stage === '' ? {} : { stage }),
        ...(detector === '' ? {} : { detector }),
        ...(run === null ? {} : { run }),
        ...(pipeline === '' ? {} : { pipelineId: pipeline }),
      },
    },
    { everyMs: refreshMs },
  );
  const filtered = status.length > 0 || stage !== '' || detector !== '' || run !== null || pipeline !== '';
  const chosen = pages.rows.filter((job) => selected.has(job.id));
  return (
    <Page
      title="Jobs"
      actions={
        <Button component={Link} href="/process">
          Process runs
        </Button>
      }
    >
      <Filters label="Filter jobs">
        <MultiSelect
          label="Status"
          placeholder={status.length === 0 ? 'Any' : ''}
          data={statusChoices}
          value={status}
          onChange={setStatus}
        />
        <NativeSelect
          label="Stage"
          value={stage}
          onChange={(event) => setStage(event.currentTarget.value)}
          data={[
            { value: '', label: 'All stages' },
            ...(stages.data ?? []).map((each) => ({ value: each.name, label: each.title })),
          ]}
        />
        <DetectorSelect label="Detector" value={detector} onChange={setDetector} />
        <NumberInput
          label="Run"
          hideControls
          allowDecimal={false}
          value={run ?? ''}
          onChange={(value) => setRun(value === '' ? null : Number(value))}
        />
        {pipeline === '' ? null : (
          <Button variant="default" onClick={() => setPipeline('')}>
            All requests
          </Button>
        )}
      </Filters>
      <PagedTable
        id="jobs"
        label="Jobs"
        pages={pages}
        columns={jobColumns}
        rowId={(job) => job.id}
        selected={new Set(chosen.map((job) => job.id))}
        onSelect={setSelected}
        onOpen={(job) => router.push(`/jobs/${job.id}`)}
        toolbar={<JobBulk jobs={chosen} />}
        empty={
          filtered ? (
            <EmptyState title="No job fits the filters.">Choose others to see more.</EmptyState>
          ) : (
            <EmptyState
              title="No jobs yet."
              action={
                <Button component={Link} href="/process">
                  Process runs
                </Button>
              }
            >
              A job runs one stage of processing over one run, for example raw data to energies.
            </EmptyState>
          )
        }
      />
    </Page>
  );
}
