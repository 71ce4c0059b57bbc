'use client';

import { endpoints, type Grant, roles } from '@countroom/contracts';
import { ActionIcon, Button, Fieldset, Group, NativeSelect } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';

/** Roles, each everywhere or for one detector. */
export function GrantsField({
  grants,
  onChange,
}: {
  readonly grants: readonly Grant[];
  readonly onChange: (grants: readonly Grant[]) => void;
}): ReactNode {
  const detectors = useApi(endpoints.detectors.list, {});
  const set = (index: number, grant: Grant): void =>
    onChange(grants.map((each, at) => (at === index ? grant : each)));
  return (
    <Fieldset legend="Roles" p="xs">
      {grants.map((grant, index) => (
        <Group key={`${index} ${grant.role}`} gap="xs" mb={6} wrap="nowrap">
          <NativeSelect
            aria-label={`Role ${index + 1}`}
            value={grant.role}
            data={[...roles]}
            onChange={(event) => {
              const role = roles.find((each) => each === event.currentTarget.value);
              if (role !== undefined) set(index, { ...grant, role });
            }}
          />
          <NativeSelect
            aria-label={`Where role ${index + 1} holds`}
            value={grant.detector ?? ''}
            data={[
              { value: '', label: 'everywhere' },
              ...(detectors.data ?? []).map((each) => ({ value: each.name, label: `for ${each.name}` })),
            ]}
            onChange={(event) =>
              set(index, {
                ...grant,
                detector: event.currentTarget.value === '' ? null : event.currentTarget.value,
              })
            }
          />
          <ActionIcon
            aria-label={`Remove role ${index + 1}`}
            onClick={() => onChange(grants.filter((_, at) => at !== index))}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...grants, { role: 'viewer', detector: null }])}
      >
        Add role
      </Button>
    </Fieldset>
  );
}

/** `expert, shifter for demo`. */
export function grantWords(grants: readonly Grant[]): string {
  if (grants.length === 0) return 'none';
  return grants
    .map((grant) => (grant.detector === null ? grant.role : `${grant.role} for ${grant.detector}`))
    .join(', ');
}
