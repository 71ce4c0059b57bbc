'use client';

import {
  type ConfigurationInfo,
  type ConfigurationKind,
  endpoints,
  type JsonValue,
} from '@countroom/contracts';
import { NativeSelect } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { shownError } from '../../lib/api/errors';
import { useApi } from '../../lib/api/use-api';
import { useCommand } from '../../lib/api/use-command';
import { SchemaForm } from '../../lib/form/schema-form';
import type { Json, Schema } from '../../lib/form/schema-node';
import { initialValue } from '../../lib/form/schema-values';
import { LanguageSwitch } from '../../lib/language/language';
import { QueryView } from '../../lib/states/query-view';
import { ActionButton } from '../../lib/ui/action-button';
import { FaultNote } from '../../lib/ui/fault-note';
import { Panel } from '../../lib/ui/panel';
import { kindChoices } from './configuration-words';
import classes from './configurations.module.css';
import { missingName, NamingFields, namingBody, noNaming } from './naming-fields';
import { useScopePanels } from './scope-panels';
import { unique } from './scope-sources';
import { saveFault, serverIssues } from './server-faults';
import { useContentForm } from './use-content-form';

/** The content as the API takes it: forms make objects only. */
export function asContent(value: Json): Record<string, JsonValue> & Record<string, never> {
  return value as unknown as Record<string, JsonValue> & Record<string, never>;
}

export function NewConfiguration({
  imported,
  onMade,
}: {
  /** Content of a detector's configuration that the form begins with. */
  readonly imported?: Json;
  readonly onMade: (made: ConfigurationInfo) => void;
}): ReactNode {
  const [kind, setKind] = useState<ConfigurationKind>(imported === undefined ? 'raw_to_dsp' : 'detector');
  const schema = useApi(endpoints.configurations.schema, { params: { kind } });
  return (
    <Panel title="New configuration" aside={<LanguageSwitch />}>
      <NativeSelect
        label="For"
        value={kind}
        onChange={(event) => {
          const chosen = kindChoices.find(({ value }) => value === event.currentTarget.value);
          if (chosen !== undefined) setKind(chosen.value);
        }}
        data={kindChoices.map(({ value, label, about }) => ({ value, label: `${label} — ${about}` }))}
      />
      <QueryView query={schema}>
        {(document) => (
          <NewContent
            key={kind}
            kind={kind}
            schema={document}
            imported={kind === 'detector' ? imported : undefined}
            onMade={onMade}
          />
        )}
      </QueryView>
    </Panel>
  );
}

function NewContent({
  kind,
  schema,
  imported,
  onMade,
}: {
  readonly kind: ConfigurationKind;
  readonly schema: Schema;
  readonly imported: Json | undefined;
  readonly onMade: (made: ConfigurationInfo) => void;
}): ReactNode {
  const [naming, setNaming] = useState(noNaming);
  const [content, setContent] = useState<Json>(() => imported ?? initialValue(schema, schema));
  const create = useCommand(endpoints.configurations.create, {
    changes: [endpoints.configurations.list],
    quiet: true,
    done: onMade,
  });
  const form = useContentForm(kind, schema);
  const failure = create.error === null ? undefined : shownError(create.error);
  const scopes = useScopePanels(content, setContent);
  const refused = serverIssues(failure, create.variables?.body.content, content);
  const issues = unique([...form.issues(content), ...scopes.issues, ...refused]);
  return (
    <div className={classes['editor']}>
      <NamingFields naming={naming} onChange={setNaming} />
      <SchemaForm
        label="Content"
        schema={form.schema}
        value={content}
        onChange={setContent}
        issues={issues}
        notes={scopes.notes}
      />
      {scopes.panels}
      <FaultNote failure={saveFault(failure, refused)} />
      <ActionButton
        reason={missingName(naming)}
        loading={create.isPending}
        onClick={() =>
          create.mutate({
            body: {
              kind,
              ...namingBody(naming),
              content: asContent(content),
            },
          })
        }
      >
        Create configuration
      </ActionButton>
    </div>
  );
}
