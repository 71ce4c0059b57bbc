'use client';

import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Json } from '../../lib/form/schema-node';
import { EmptyState } from '../../lib/states/empty-state';
import { PlainTable } from '../../lib/table/plain-table';
import { type LookedUp, parameterText, parameterValue } from './draft';

/** Parameters that the chain looks up: the value of this channel, and that of the processor when there is none. */
export function ParametersPanel({
  lookedUp,
  channel,
  valueOf,
  onValue,
  onFallback,
}: {
  readonly lookedUp: readonly LookedUp[];
  /** Whose values are shown; null when the table names no channel: those of all. */
  readonly channel: string | null;
  readonly valueOf: (name: string) => Json | undefined;
  /** Undefined takes the value away. */
  readonly onValue: (name: string, value: Json | undefined) => void;
  readonly onFallback: (parameter: LookedUp, value: Json) => void;
}): ReactNode {
  if (lookedUp.length === 0) {
    return (
      <EmptyState title="The chain looks up no parameter.">
        Write <span className="mono">db.pz.tau</span> in an argument to take a value that differs from channel
        to channel.
      </EmptyState>
    );
  }
  return (
    <PlainTable
      label="Parameters"
      head={['Parameter', channel === null ? 'Value' : `Value for ${channel}`, 'Otherwise']}
    >
      {lookedUp.map((parameter) => (
        <tr key={parameter.name}>
          <td className="mono">{parameter.name}</td>
          <td>
            <ValueField
              label={`Value of ${parameter.name}`}
              value={valueOf(parameter.name)}
              placeholder="none"
              onChange={(text) => onValue(parameter.name, text === '' ? undefined : parameterValue(text))}
            />
          </td>
          <td>
            {parameter.fallback === undefined ? (
              <span className="dim">none: it must have a value</span>
            ) : (
              <ValueField
                label={`Default of ${parameter.name}`}
                value={parameter.fallback}
                placeholder=""
                onChange={(text) => onFallback(parameter, parameterValue(text))}
              />
            )}
          </td>
        </tr>
      ))}
    </PlainTable>
  );
}

function ValueField({
  label,
  value,
  placeholder,
  onChange,
}: {
  readonly label: string;
  readonly value: Json | undefined;
  readonly placeholder: string;
  readonly onChange: (text: string) => void;
}): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <TextInput
      size="xs"
      aria-label={label}
      placeholder={placeholder}
      value={draft ?? parameterText(value)}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      onChange={(event) => {
        setDraft(event.currentTarget.value);
        onChange(event.currentTarget.value.trim());
      }}
      onBlur={() => setDraft(null)}
    />
  );
}
