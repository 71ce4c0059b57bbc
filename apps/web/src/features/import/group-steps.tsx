'use client';

import type { RecordingSummary } from '@countroom/contracts';
import { MultiSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { JsonEditor } from '../../lib/form/json-editor';
import type { Json } from '../../lib/form/schema-node';
import { LineField } from './group-field';
import classes from './import.module.css';
import { type Group, stepOf, withStep } from './out-spec-edit';
import { pairsOf, pairsText, windowOf, windowText } from './step-text';

/** What is done to rows before they are written, in the order in which it is done. */
export function GroupSteps({
  group,
  summary,
  onChange,
}: {
  readonly group: Group;
  readonly summary: RecordingSummary;
  readonly onChange: (group: Group) => void;
}): ReactNode {
  const columns = columnsOf(group, summary);
  const set = (step: string, value: Json | undefined): void => onChange(withStep(group, step, value));
  const drop = stepOf(group, 'drop');
  const count = Object.keys(Object(group.content['proc_spec'] ?? {}) as object).length;
  const dropped = Array.isArray(drop) ? drop.map(String) : [];
  return (
    <details className={classes['steps']} open={count > 0 || undefined}>
      <summary>Before it is written: window, signal processing, number types, columns, compression</summary>
      <div className={classes['fields']}>
        <LineField
          label="Window"
          description="waveform 1000 2000 short: samples, and a name for the cut"
          value={windowText(stepOf(group, 'window'))}
          onChange={(text) => set('window', windowOf(text))}
        />
        <LineField
          label="Number types"
          description="baseline: float32, energy: float64"
          value={pairsText(stepOf(group, 'dtype_conv'))}
          onChange={(text) => set('dtype_conv', pairsOf(text))}
        />
        <MultiSelect
          label="Columns left out"
          data={[...new Set([...columns, ...dropped])]}
          value={dropped}
          searchable
          clearable
          hidePickedOptions
          onChange={(names) => set('drop', names.length === 0 ? undefined : names)}
        />
        <LineField
          label="Compression of waveforms"
          description="waveform/values: RadwareSigcompress(codec_shift=-32768), or ULEB128ZigZagDiff()"
          value={pairsText(stepOf(group, 'compression'))}
          onChange={(text) => set('compression', pairsOf(text))}
        />
      </div>
      {(['dsp_config', 'hdf5_settings'] as const).map((step) => (
        <details key={step} className={classes['fold']} open={stepOf(group, step) !== undefined || undefined}>
          <summary>
            {step === 'dsp_config' ? 'Signal processing (dsp_config)' : 'Storage of columns (hdf5_settings)'}
          </summary>
          <JsonEditor
            label={step}
            value={stepOf(group, step) ?? {}}
            readOnly={false}
            onChange={(value) => set(step, isEmpty(value) ? undefined : value)}
          />
        </details>
      ))}
    </details>
  );
}

/** Names that can be left out: columns, and tables inside of the table as a whole. */
function columnsOf({ decoder }: Group, summary: RecordingSummary): readonly string[] {
  const names = summary.streams
    .filter((stream) => decoder === '*' || stream.decoder === decoder)
    .flatMap((stream) => stream.columns.map(({ name }) => name));
  const above = names.flatMap((name) => (name.includes('/') ? [name.split('/')[0]!] : []));
  return [...new Set([...names, ...above])].sort();
}

function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
