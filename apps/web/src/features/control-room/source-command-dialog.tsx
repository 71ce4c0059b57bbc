'use client';

import { type DriverInfo, type SignalReading, setSignalCommand } from '@countroom/contracts';
import { Button, Group, Modal, NumberInput, Stack, Switch, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { SchemaForm } from '../../lib/form/schema-form';
import type { Json } from '../../lib/form/schema-node';
import { initialValue, issuesOf } from '../../lib/form/schema-values';
import { CommandProgress } from '../run-control/command-progress';
import { useSourceCommand } from '../run-control/use-source-command';

/** What is asked of a source: to set a signal, or to run one of its driver's commands. */
export type SourceRequest =
  | { readonly kind: 'signal'; readonly source: string; readonly signal: SignalReading }
  | { readonly kind: 'command'; readonly source: string; readonly command: DriverInfo['commands'][number] };

/** Asks for the value or the parameters, sends, and shows what comes of it. */
export function SourceCommandDialog({
  detector,
  request,
  onClose,
}: {
  readonly detector: string;
  readonly request: SourceRequest | null;
  readonly onClose: () => void;
}): ReactNode {
  const title =
    request === null
      ? ''
      : request.kind === 'signal'
        ? `Set ${request.signal.title || request.signal.name} of ${request.source}`
        : `${request.command.title || request.command.name} on ${request.source}`;
  return (
    <Modal opened={request !== null} onClose={onClose} title={title}>
      {request === null ? null : (
        <SourceCommandForm detector={detector} request={request} onClose={onClose} />
      )}
    </Modal>
  );
}

function SourceCommandForm({
  detector,
  request,
  onClose,
}: {
  readonly detector: string;
  readonly request: SourceRequest;
  readonly onClose: () => void;
}): ReactNode {
  const schema = request.kind === 'command' ? request.command.paramsSchema : null;
  const [value, setValue] = useState<Json>(() =>
    request.kind === 'signal'
      ? request.signal.value
      : initialValue(request.command.paramsSchema, request.command.paramsSchema),
  );
  const [tried, setTried] = useState(false);
  const commands = useSourceCommand(detector);
  const issues = schema === null ? [] : issuesOf(schema, value);
  const submit = (): void => {
    setTried(true);
    if (issues.length > 0) return;
    if (request.kind === 'signal') {
      commands.send(request.source, setSignalCommand, { signal: request.signal.name, value });
    } else commands.send(request.source, request.command.name, value as Record<string, Json>);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="sm">
        {request.kind === 'command' ? <Text size="sm">{request.command.description}</Text> : null}
        {request.kind === 'signal' ? (
          <SignalInput signal={request.signal} value={value} onChange={setValue} />
        ) : schema === null ||
          Object.keys((schema['properties'] as object | undefined) ?? {}).length === 0 ? null : (
          <SchemaForm
            label="Parameters"
            schema={schema}
            value={value}
            onChange={setValue}
            issues={tried ? issues : []}
          />
        )}
        <CommandProgress commands={commands} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" loading={commands.busy}>
            {request.kind === 'signal' ? 'Set' : 'Run command'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function SignalInput({
  signal,
  value,
  onChange,
}: {
  readonly signal: SignalReading;
  readonly value: Json;
  readonly onChange: (value: Json) => void;
}): ReactNode {
  const label = signal.unit === '' ? 'Value' : `Value / ${signal.unit}`;
  if (typeof signal.value === 'boolean') {
    return (
      <Switch
        label={label}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (typeof signal.value === 'number') {
    return (
      <NumberInput
        label={label}
        required
        hideControls
        data-autofocus
        value={typeof value === 'number' ? value : ''}
        onChange={(next) => onChange(next === '' ? null : Number(next))}
      />
    );
  }
  return (
    <TextInput
      label={label}
      required
      data-autofocus
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
