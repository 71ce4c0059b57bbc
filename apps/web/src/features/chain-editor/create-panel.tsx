'use client';

import { type ConfigurationInfo, endpoints } from '@countroom/contracts';
import { type ReactNode, useState } from 'react';
import { shownError } from '../../lib/api/errors';
import { useCommand } from '../../lib/api/use-command';
import { usePermission } from '../../lib/api/use-session';
import type { Json } from '../../lib/form/schema-node';
import { ActionButton } from '../../lib/ui/action-button';
import { FaultNote } from '../../lib/ui/fault-note';
import { Stacked } from '../../lib/ui/layout';
import { missingName, NamingFields, namingBody, noNaming } from '../configurations/naming-fields';
import { asContent } from '../configurations/new-configuration';

/** Keeps a chain that has no configuration yet. */
export function CreatePanel({
  content,
  blocked,
  onMade,
}: {
  readonly content: Json;
  readonly blocked: string | null;
  readonly onMade: (made: ConfigurationInfo) => void;
}): ReactNode {
  const [naming, setNaming] = useState(noNaming);
  const permission = usePermission('expert');
  const create = useCommand(endpoints.configurations.create, {
    changes: [endpoints.configurations.list],
    quiet: true,
    done: onMade,
  });
  const missing = missingName(naming);
  return (
    <Stacked>
      <NamingFields naming={naming} onChange={setNaming} />
      <FaultNote failure={create.error === null ? undefined : shownError(create.error)} />
      <ActionButton
        reason={permission.allowed ? (blocked ?? missing) : permission.reason}
        loading={create.isPending}
        onClick={() =>
          create.mutate({
            body: {
              kind: 'raw_to_dsp',
              ...namingBody(naming),
              content: asContent(content),
            },
          })
        }
      >
        Create configuration
      </ActionButton>
    </Stacked>
  );
}
