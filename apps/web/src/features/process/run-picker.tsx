'use client';

import { Button, Pill, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { DetectorSelect } from '../../lib/run/detector-select';
import { RunLink } from '../../lib/run/run-link';
import { Row } from '../../lib/ui/layout';
import { Panel } from '../../lib/ui/panel';
import classes from './process.module.css';
import { type RunName, runsOfText } from './process-path';

/** Which runs to process: those of the address, and more by name. */
export function RunPicker({
  runs,
  onChange,
}: {
  readonly runs: readonly RunName[];
  readonly onChange: (runs: readonly RunName[]) => void;
}): ReactNode {
  const [detector, setDetector] = useState('');
  const [numbers, setNumbers] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const add = (): void => {
    const added = runsOfText(detector, numbers);
    const wrong = typeof added === 'string' ? added : detector === '' ? 'choose a detector' : null;
    setFault(wrong);
    if (wrong !== null || typeof added === 'string') return;
    const isKnown = (run: RunName): boolean =>
      runs.some((one) => one.detector === run.detector && one.number === run.number);
    onChange([...runs, ...added.filter((run) => !isKnown(run))]);
    setNumbers('');
  };
  return (
    <Panel title={runs.length === 1 ? '1 run' : `${runs.length} runs`}>
      <div className={classes['runs']}>
        {runs.length === 0 ? (
          <span className="dim">
            None yet. Add one here, or select runs on the page Runs and choose Process.
          </span>
        ) : (
          runs.map((run) => (
            <Pill
              key={`${run.detector}/${run.number}`}
              className={classes['run'] ?? ''}
              withRemoveButton
              removeButtonProps={{ 'aria-label': `Leave out ${run.detector} ${run.number}` }}
              onRemove={() => onChange(runs.filter((one) => one !== run))}
            >
              <RunLink detector={run.detector} run={run.number} />
            </Pill>
          ))
        )}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Row>
          <DetectorSelect label="Detector" all="Choose one" value={detector} onChange={setDetector} />
          <TextInput
            label="Run"
            placeholder="5, 7, 12-20"
            autoComplete="off"
            value={numbers}
            error={fault}
            onChange={(event) => {
              setFault(null);
              setNumbers(event.currentTarget.value);
            }}
          />
          <Button type="submit" variant="default">
            Add run
          </Button>
        </Row>
      </form>
    </Panel>
  );
}
