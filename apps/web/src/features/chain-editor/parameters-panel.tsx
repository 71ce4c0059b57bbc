'use client';

import { Button, TextInput } from '@mantine/core';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import type { Json } from '../../lib/form/schema-node';
import { EmptyState } from '../../lib/states/empty-state';
import { ErrorState } from '../../lib/states/error-state';
import { PlainTable } from '../../lib/table/plain-table';
import { StatusMark } from '../../lib/ui/status-mark';
import classes from './chain-editor.module.css';
import { type LookedUp, parameterText, parameterValue } from './draft';
import type { ParameterInUse, Tried } from './parameters';
import { Turn } from './turn';
import { tryOf } from './turnables';

/** Parameters that the chain looks up: what the channel gets and from where, to be tried, and what the configuration says. */
export function ParametersPanel({
  parameters,
  channel,
  run,
  error,
  ownValueOf,
  onOwnValue,
  onFallback,
  onTry,
  onTakeBack,
}: {
  readonly parameters: readonly ParameterInUse[];
  /** Whose values are shown; undefined when the table names no channel: those of all. */
  readonly channel: string | undefined;
  /** The run whose approved parameters hold: `demo 7`. */
  readonly run: string | undefined;
  /** Why the approved parameters are not known. */
  readonly error: unknown;
  /** What the configuration itself says. */
  readonly ownValueOf: (name: string) => Json | undefined;
  /** Undefined takes the value away. */
  readonly onOwnValue: (name: string, value: Json | undefined) => void;
  readonly onFallback: (parameter: LookedUp, value: Json) => void;
  readonly onTry: (changes: Tried) => void;
  readonly onTakeBack: (name: string) => void;
}): ReactNode {
  if (parameters.length === 0) {
    return (
      <EmptyState title="The chain looks up no parameter.">
        Write <span className="mono">db.pz.tau</span> in an argument to take a value that differs from channel
        to channel.
      </EmptyState>
    );
  }
  return (
    <>
      {error === null || error === undefined ? null : <ErrorState error={error} />}
      <p className="dim" style={{ marginTop: 0 }}>
        What is turned here changes the preview alone.
        {run === undefined
          ? ' Approved parameters are looked up when a raw file is chosen.'
          : ` Approved parameters and those of the configuration are for ${channel ?? 'all channels'}, run ${run}.`}
      </p>
      <PlainTable
        label="Parameters"
        head={['Parameter', 'Value, and where it is from', 'In the configuration', 'Default']}
      >
        {parameters.map((parameter) => (
          <tr key={parameter.name}>
            <td className="mono">{parameter.name}</td>
            <td className={classes['inUse']}>
              <InUse parameter={parameter} onTry={onTry} />
              <From parameter={parameter} />
              {parameter.origin === 'tried' ? (
                <span className={classes['takeOver']}>
                  <Button size="compact-xs" variant="default" onClick={() => onTakeBack(parameter.name)}>
                    Take back
                  </Button>
                  <Button
                    size="compact-xs"
                    variant="default"
                    onClick={() => {
                      onOwnValue(parameter.name, parameter.value);
                      onTakeBack(parameter.name);
                    }}
                  >
                    Put into the configuration
                  </Button>
                </span>
              ) : null}
            </td>
            <td>
              <ValueField
                label={`Value of ${parameter.name} in the configuration`}
                value={ownValueOf(parameter.name)}
                placeholder="none"
                onChange={(text) =>
                  onOwnValue(parameter.name, text === '' ? undefined : parameterValue(text))
                }
              />
            </td>
            <td>
              {parameter.fallback === undefined ? (
                <span className="dim">none</span>
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
    </>
  );
}

function InUse({
  parameter,
  onTry,
}: {
  readonly parameter: ParameterInUse;
  readonly onTry: (changes: Tried) => void;
}): ReactNode {
  const turnable = tryOf(parameter, onTry);
  if (turnable !== undefined) return <Turn turnable={turnable} />;
  const { name, value } = parameter;
  return (
    <ValueField
      label={`Value of ${name} to try`}
      value={value}
      placeholder="a value to try"
      settled
      onChange={(text) => {
        if (text !== '' && text !== parameterText(value)) onTry({ [name]: parameterValue(text) });
      }}
    />
  );
}

function From({ parameter: { origin, source } }: { readonly parameter: ParameterInUse }): ReactNode {
  switch (origin) {
    case 'tried':
      return <StatusMark mark="info">tried here</StatusMark>;
    case 'configuration':
      return 'the configuration';
    case 'database':
      return source === undefined ? (
        'approved parameters'
      ) : (
        <Link className="link" href={`/parameters/${source.setId}?version=${source.version}`}>
          dsp parameters{source.detector === null ? ' for all' : ''}, version {source.version}
        </Link>
      );
    case 'default':
      return 'the default';
    case 'none':
      return <StatusMark mark="alarm">missing</StatusMark>;
  }
}

function ValueField({
  label,
  value,
  placeholder,
  settled = false,
  onChange,
}: {
  readonly label: string;
  readonly value: Json | undefined;
  readonly placeholder: string;
  /** Taken on Enter or when the field is left, not at every key. */
  readonly settled?: boolean;
  readonly onChange: (text: string) => void;
}): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <TextInput
      size="xs"
      aria-label={label}
      placeholder={placeholder}
      value={draft ?? parameterText(value)}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', minWidth: 76 } }}
      onChange={(event) => {
        setDraft(event.currentTarget.value);
        if (!settled) onChange(event.currentTarget.value.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && settled && draft !== null) onChange(draft.trim());
      }}
      onBlur={() => {
        if (settled && draft !== null) onChange(draft.trim());
        setDraft(null);
      }}
    />
  );
}
