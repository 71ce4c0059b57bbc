import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { DetectorSelect } from '../../lib/run/detector-select';
import { Fields } from '../../lib/ui/layout';

/** What a new configuration is called and whom it is for; an empty detector means all. */
export interface Naming {
  readonly name: string;
  readonly detector: string;
  readonly description: string;
}

export const noNaming: Naming = { name: '', detector: '', description: '' };

/** The naming as the API takes it. */
export function namingBody({ name, detector, description }: Naming): {
  readonly name: string;
  readonly detector: string | null;
  readonly description: string;
} {
  return { name: name.trim(), detector: detector === '' ? null : detector, description };
}

/** Why it cannot be kept under that name. */
export function missingName({ name }: Naming): string | null {
  return name.trim() === '' ? 'Give it a name first.' : null;
}

export function NamingFields({
  naming,
  onChange,
}: {
  readonly naming: Naming;
  readonly onChange: (naming: Naming) => void;
}): ReactNode {
  return (
    <Fields>
      <TextInput
        label="Name"
        required
        value={naming.name}
        onChange={(event) => onChange({ ...naming, name: event.currentTarget.value })}
      />
      <DetectorSelect
        label="Only for detector"
        value={naming.detector}
        onChange={(detector) => onChange({ ...naming, detector })}
      />
      <TextInput
        label="Description"
        value={naming.description}
        onChange={(event) => onChange({ ...naming, description: event.currentTarget.value })}
      />
    </Fields>
  );
}
