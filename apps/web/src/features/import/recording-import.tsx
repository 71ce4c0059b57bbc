'use client';

import { type DatasetInfo, endpoints, type RecordingSummary, type StageInfo } from '@countroom/contracts';
import { type ReactNode, useState } from 'react';
import { useApi } from '../../lib/api/use-api';
import { SchemaForm } from '../../lib/form/schema-form';
import type { Json, Schema } from '../../lib/form/schema-node';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { Panel } from '../../lib/ui/panel';
import { ConversionRun } from './conversion-run';
import classes from './import.module.css';
import { OutSpecBuilder } from './out-spec-builder';
import type { Layout } from './out-spec-edit';
import { RecordingFacts } from './recording-panel';
import { TablesView } from './tables-preview';
import { type ConversionOptions, useTables } from './use-tables';

/** A recording as its device made it: what it holds, which tables to make of it, and the conversion itself. */
export function RecordingImport({ dataset }: { readonly dataset: DatasetInfo }): ReactNode {
  const recording = useApi(endpoints.data.recording, { params: { id: dataset.id } });
  return (
    <>
      <Panel title="Recording">
        <QueryView query={recording} loading={<LoadingState lines={8} label="Looking into the recording" />}>
          {(summary) => <RecordingFacts summary={summary} />}
        </QueryView>
      </Panel>
      {recording.data === undefined ? null : <Conversion dataset={dataset} summary={recording.data} />}
    </>
  );
}

function Conversion({
  dataset,
  summary,
}: {
  readonly dataset: DatasetInfo;
  readonly summary: RecordingSummary;
}): ReactNode {
  const stages = useApi(endpoints.jobs.stages, {});
  const stage = stages.data?.find(({ name }) => name === 'daq_to_raw');
  const [layout, setLayout] = useState<Layout>('default');
  const [spec, setSpec] = useState<Json>(null);
  const [more, setMore] = useState<ConversionOptions>({});
  const options = { ...more, outSpec: spec };
  const preview = useTables(dataset.id, options);
  return (
    <>
      <Panel title="Tables to make">
        <OutSpecBuilder
          summary={summary}
          layout={layout}
          spec={spec}
          issues={preview.issues}
          onLayout={(next, content) => {
            setLayout(next);
            setSpec(content);
          }}
          onSpec={setSpec}
        />
        {stage === undefined ? null : (
          <MoreOptions stage={stage} value={more} onChange={setMore} issues={preview.issues} />
        )}
      </Panel>
      <Panel title="What would be written">
        <TablesView preview={preview} />
      </Panel>
      <Panel title="Conversion">
        <ConversionRun dataset={dataset} options={options} preview={preview} />
      </Panel>
    </>
  );
}

/** All other options of the conversion. */
function MoreOptions({
  stage,
  value,
  issues,
  onChange,
}: {
  readonly stage: StageInfo;
  readonly value: ConversionOptions;
  readonly issues: readonly { readonly path: string; readonly message: string }[];
  readonly onChange: (value: ConversionOptions) => void;
}): ReactNode {
  const schema = withoutOutSpec(stage.configSchema);
  const defaults = Object.fromEntries(Object.entries(stage.defaults).filter(([name]) => name !== 'outSpec'));
  return (
    <details className={classes['fold']}>
      <summary>Limits, times, checksums, coincidences and other options</summary>
      <SchemaForm
        label="Options of the conversion"
        schema={schema}
        value={{ ...(defaults as ConversionOptions), ...value }}
        issues={issues
          .filter(({ path }) => !path.startsWith('body.config.outSpec'))
          .map(({ path, message }) => ({ path: path.replace(/^body\.config\.?/, ''), message }))}
        onChange={(next) => {
          if (typeof next === 'object' && next !== null && !Array.isArray(next))
            onChange(next as ConversionOptions);
        }}
      />
    </details>
  );
}

function withoutOutSpec(schema: Schema): Schema {
  const properties = Object.entries(Object(schema['properties']) as Record<string, unknown>);
  return { ...schema, properties: Object.fromEntries(properties.filter(([name]) => name !== 'outSpec')) };
}
