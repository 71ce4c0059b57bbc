'use client';

import { type ConfigurationInfo, endpoints, type ProcessingRule } from '@countroom/contracts';
import { NativeSelect, Switch } from '@mantine/core';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { permissionOf, permissionSomewhere } from '../../lib/api/permissions';
import { useApi } from '../../lib/api/use-api';
import { useCommand } from '../../lib/api/use-command';
import { useSession } from '../../lib/api/use-session';
import { DetectorSelect } from '../../lib/run/detector-select';
import { QueryView } from '../../lib/states/query-view';
import { ActionButton } from '../../lib/ui/action-button';
import { Row } from '../../lib/ui/layout';
import { Panel } from '../../lib/ui/panel';
import { StatusMark } from '../../lib/ui/status-mark';
import classes from './pipelines.module.css';

const changes = [endpoints.pipelines.rules];

/** Which detectors have their new runs processed by themselves, and with what. */
export function RulesPanel({ pipelines }: { readonly pipelines: readonly ConfigurationInfo[] }): ReactNode {
  const rules = useApi(endpoints.pipelines.rules, { query: {} }, { everyMs: 15_000 });
  return (
    <Panel title="New runs">
      <QueryView query={rules}>
        {(list) =>
          list.length === 0 ? (
            <p className="dim">Runs that end from now on are processed by themselves once a rule says so.</p>
          ) : (
            <ul className={classes['rules']} aria-label="Rules">
              {list.map((rule) => (
                <Rule key={rule.id} rule={rule} />
              ))}
            </ul>
          )
        }
      </QueryView>
      <NewRule pipelines={pipelines} />
    </Panel>
  );
}

function Rule({ rule }: { readonly rule: ProcessingRule }): ReactNode {
  const permission = permissionOf(useSession().data, 'expert', rule.detector);
  const update = useCommand(endpoints.pipelines.updateRule, { changes });
  const remove = useCommand(endpoints.pipelines.removeRule, { changes });
  const [last] = rule.recent;
  return (
    <li>
      <Switch
        label={`${rule.detector} with ${rule.pipeline.name}`}
        checked={rule.enabled}
        disabled={!permission.allowed}
        onChange={(event) =>
          update.mutate({ params: { id: rule.id }, body: { enabled: event.currentTarget.checked } })
        }
      />
      {last === undefined ? (
        <span className="dim">from run {rule.afterNumber + 1} on; none yet</span>
      ) : last.error !== null ? (
        <StatusMark mark="warning">{`run ${last.run}: ${last.error}`}</StatusMark>
      ) : last.pipelineId === null ? (
        <span className="dim">run {last.run} is taken up</span>
      ) : (
        <Link className="link" href={`/pipelines/${last.pipelineId}`}>
          run {last.run}
        </Link>
      )}
      <ActionButton
        variant="subtle"
        size="compact-sm"
        quiet
        reason={permission.allowed ? null : permission.reason}
        aria-label={`Remove the rule of ${rule.detector} with ${rule.pipeline.name}`}
        onClick={() => remove.mutate({ params: { id: rule.id } })}
      >
        Remove
      </ActionButton>
    </li>
  );
}

function NewRule({ pipelines }: { readonly pipelines: readonly ConfigurationInfo[] }): ReactNode {
  const session = useSession().data;
  const [detector, setDetector] = useState('');
  const [pipelineId, setPipelineId] = useState('');
  const add = useCommand(endpoints.pipelines.addRule, { changes, done: () => setDetector('') });
  const permission =
    detector === '' ? permissionSomewhere(session, 'expert') : permissionOf(session, 'expert', detector);
  const missing = detector === '' || pipelineId === '' ? 'Choose a detector and a pipeline.' : null;
  const fitting = pipelines.filter((one) => one.detector === null || one.detector === detector);
  return (
    <Row>
      <DetectorSelect label="Every new run of" all="Choose one" value={detector} onChange={setDetector} />
      <NativeSelect
        label="With the pipeline"
        value={pipelineId}
        onChange={(event) => setPipelineId(event.currentTarget.value)}
        data={[
          { value: '', label: 'Choose one' },
          ...fitting.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <ActionButton
        variant="default"
        loading={add.isPending}
        reason={permission.allowed ? missing : permission.reason}
        onClick={() => add.mutate({ body: { detector, pipelineId } })}
      >
        Add rule
      </ActionButton>
    </Row>
  );
}
