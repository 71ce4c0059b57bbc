'use client';

import type { ConfigurationInfo, StageInfo } from '@countroom/contracts';
import { Checkbox, NativeSelect } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { SchemaForm } from '../../lib/form/schema-form';
import { issuesOf } from '../../lib/form/schema-values';
import { Row } from '../../lib/ui/layout';
import classes from './process.module.css';
import type { Proposal } from './proposal';
import { firstChoice, ownOptions, type StageChoice } from './stage-choice';

/** One stage: whether to run it, and with which stored configuration or options of one's own. */
export function StageField({
  stage,
  stored,
  proposal,
  choice,
  onChange,
}: {
  readonly stage: StageInfo;
  readonly stored: readonly ConfigurationInfo[];
  readonly proposal: Proposal | null;
  readonly choice: StageChoice | undefined;
  readonly onChange: (choice: StageChoice | undefined) => void;
}): ReactNode {
  return (
    <fieldset className={classes['stage']}>
      <legend className="visually-hidden">
        {stage.title} ({stage.name})
      </legend>
      <Checkbox
        label={
          <>
            <strong>{stage.title}</strong> <span className="mono dim">{stage.name}</span>
          </>
        }
        description={`${stage.dependsOn.join(', ')} → ${stage.provides.join(', ')}: ${stage.description}`}
        checked={choice !== undefined}
        onChange={(event) =>
          onChange(event.currentTarget.checked ? firstChoice(stage, stored, proposal) : undefined)
        }
      />
      {choice === undefined ? null : (
        <div className={classes['chosen']}>
          <Row>
            <NativeSelect
              label="Configuration"
              w={280}
              value={choice.configuration}
              error={choice.configuration === ''}
              onChange={(event) => onChange({ ...choice, configuration: event.currentTarget.value })}
              data={[
                ...(choice.configuration === '' ? [{ value: '', label: 'Choose one' }] : []),
                ...stored.map((each) => ({ value: each.latestVersionId, label: each.name })),
                ...olderVersion(choice, stored),
                { value: ownOptions, label: 'Options of your own' },
              ]}
            />
            <ConfigurationFacts
              configuration={stored.find(({ latestVersionId }) => latestVersionId === choice.configuration)}
              proposal={proposal}
            />
          </Row>
          {choice.configuration === ownOptions ? (
            <SchemaForm
              label={`Options of ${stage.title}`}
              schema={stage.configSchema}
              value={choice.options}
              onChange={(options) => onChange({ ...choice, options })}
              issues={issuesOf(stage.configSchema, choice.options)}
            />
          ) : null}
        </div>
      )}
    </fieldset>
  );
}

/** The chosen version, when it is not the newest one of its configuration. */
function olderVersion(
  { configuration, versionName }: StageChoice,
  stored: readonly ConfigurationInfo[],
): { value: string; label: string }[] {
  const isListed = stored.some(({ latestVersionId }) => latestVersionId === configuration);
  return versionName === undefined || isListed || configuration === ownOptions
    ? []
    : [{ value: configuration, label: versionName }];
}

function ConfigurationFacts({
  configuration,
  proposal,
}: {
  readonly configuration: ConfigurationInfo | undefined;
  readonly proposal: Proposal | null;
}): ReactNode {
  if (configuration === undefined) return null;
  const proposed = proposal?.versionId === configuration.latestVersionId ? `; proposed: ${proposal.why}` : '';
  return (
    <p className={classes['facts']}>
      <Link className="link" href={`/configurations/${configuration.id}`}>
        Version {configuration.latest}
      </Link>
      {configuration.description === '' ? '' : `: ${configuration.description}`}
      {proposed}
    </p>
  );
}
