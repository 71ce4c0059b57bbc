'use client';

import { type ConfigurationInfo, type ConfigurationVersion, endpoints } from '@countroom/contracts';
import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { shownError } from '../../lib/api/errors';
import { useApi } from '../../lib/api/use-api';
import { useCommand } from '../../lib/api/use-command';
import { SchemaForm } from '../../lib/form/schema-form';
import type { Json, Schema } from '../../lib/form/schema-node';
import { QueryView } from '../../lib/states/query-view';
import { ActionButton } from '../../lib/ui/action-button';
import { FaultNote } from '../../lib/ui/fault-note';
import { Row } from '../../lib/ui/layout';
import { ChangeList } from './change-list';
import classes from './configurations.module.css';
import { jsonDiff } from './json-diff';
import { asContent } from './new-configuration';
import { useScopePanels } from './scope-panels';
import { unique } from './scope-sources';
import { saveFault, serverIssues } from './server-faults';
import { useContentForm } from './use-content-form';

interface Props {
  readonly configuration: ConfigurationInfo;
  readonly from: ConfigurationVersion;
  /** With the version that was added, or nothing when given up. */
  readonly onDone: (added?: ConfigurationVersion) => void;
}

export function EditContent(props: Props): ReactNode {
  const schema = useApi(endpoints.configurations.schema, { params: { kind: props.configuration.kind } });
  return <QueryView query={schema}>{(document) => <Editor {...props} schema={document} />}</QueryView>;
}

function Editor({ configuration, from, onDone, schema }: Props & { readonly schema: Schema }): ReactNode {
  const [content, setContent] = useState<Json>(from.content);
  const [comment, setComment] = useState('');
  const add = useCommand(endpoints.configurations.addVersion, {
    changes: [endpoints.configurations.list, endpoints.configurations.get, endpoints.configurations.versions],
    quiet: true,
    done: onDone,
  });
  const form = useContentForm(configuration.kind, schema);
  const failure = add.error === null ? undefined : shownError(add.error);
  const scopes = useScopePanels(content, setContent);
  const refused = serverIssues(failure, add.variables?.body.content, content);
  const issues = unique([...form.issues(content), ...scopes.issues, ...refused]);
  const same = jsonDiff(from.content, content).length === 0;
  return (
    <div className={classes['editor']}>
      <SchemaForm
        label="Content"
        schema={form.schema}
        value={content}
        onChange={setContent}
        issues={issues}
        notes={scopes.notes}
      />
      {scopes.panels}
      <h3 className={classes['heading']}>What you changed</h3>
      <ChangeList label="Changes before saving" before={from.content} after={content} />
      <TextInput
        label="Why"
        description="Kept with the version"
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <FaultNote failure={saveFault(failure, refused)} />
      <Row>
        <ActionButton
          reason={same ? 'Nothing is changed yet.' : null}
          loading={add.isPending}
          onClick={() =>
            add.mutate({
              params: { id: configuration.id },
              body: { content: asContent(content), comment, basedOn: configuration.latest },
            })
          }
        >
          Save as new version
        </ActionButton>
        <Button variant="default" onClick={() => onDone()}>
          Leave it as it is
        </Button>
      </Row>
    </div>
  );
}
