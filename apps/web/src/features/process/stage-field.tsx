'use client';

import type { ConfigurationInfo, ProblemIssue, StageInfo } from '@countroom/contracts';
import { Checkbox, NativeSelect } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { SchemaForm } from '../../lib/form/schema-form';
import { issuesOf } from '../../lib/form/schema-values';
import classes from './process.module.css';
import { firstChoice, type StageChoice } from './stage-choice';

const own = 'own';

/** One stage: whether to run it, and with which stored configuration or options of one's own. */
export function StageField({
  stage,
  stored,
  choice,
  issues,
  onChange,
}: {
  readonly stage: StageInfo;
  readonly stored: readonly ConfigurationInfo[];
  readonly choice: StageChoice | undefined;
  /** Faults that the server found in this stage's options. */
  readonly issues: readonly ProblemIssue[];
  readonly onChange: (choice: StageChoice | undefined) => void;
}): ReactNode {
  const configuration = stored.find(({ latestVersionId }) => latestVersionId === choice?.versionId);
  return (
    <fieldset className={classes['stage']}>
      <legend>
        {stage.title} <span className="mono dim">{stage.name}</span>
      </legend>
      <Checkbox
        label={`${stage.dependsOn.join(', ')} → ${stage.provides.join(', ')}: ${stage.description}`}
        checked={choice !== undefined}
        onChange={(event) => onChange(event.currentTarget.checked ? firstChoice(stage, stored) : undefined)}
      />
      {choice === undefined ? null : (
        <>
          <NativeSelect
            label="Configuration"
            value={choice.versionId ?? own}
            onChange={(event) => {
              const { value } = event.currentTarget;
              onChange({ ...choice, versionId: value === own ? undefined : value });
            }}
            data={[
              ...stored.map((each) => ({ value: each.latestVersionId, label: each.name })),
              { value: own, label: 'Options of your own' },
            ]}
          />
          {configuration === undefined ? (
            <SchemaForm
              label={`Options of ${stage.title}`}
              schema={stage.configSchema}
              value={choice.options}
              onChange={(options) => onChange({ ...choice, options })}
              issues={[...issuesOf(stage.configSchema, choice.options), ...issues]}
            />
          ) : (
            <p className="dim">
              Version {configuration.latest}: {configuration.description}{' '}
              <Link className="link" href={`/configurations/${configuration.id}`}>
                Look at it
              </Link>
            </p>
          )}
        </>
      )}
    </fieldset>
  );
}
