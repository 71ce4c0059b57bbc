'use client';

import {
  endpoints,
  type ParameterStep,
  type ParameterVersion,
  type ReportPlot as Plot,
} from '@countroom/contracts';
import { isPattern, leavesOf } from '@countroom/parameters/values';
import { Button, NativeSelect } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useApi } from '../../lib/api/use-api';
import { QueryView } from '../../lib/states/query-view';
import { PlainTable } from '../../lib/table/plain-table';
import { Fields } from '../../lib/ui/layout';
import { MomentText } from '../../lib/ui/moment-text';
import { urlText, useUrlState } from '../../lib/url/url-state';
import { ReportPlot } from '../analysis/report-plot';

/** How one value of one channel went: a table of what held from when, and a curve where it is a number. */
export function ValuesOverTime({
  versions,
  onShow,
}: {
  readonly versions: readonly ParameterVersion[];
  readonly onShow: (version: number) => void;
}): ReactNode {
  const [channel, setChannel] = useUrlState('channel', urlText);
  const [name, setName] = useUrlState('name', urlText);
  const known = useMemo(() => valuesOf(versions), [versions]);
  const channels = [...known.keys()].sort();
  const chosen = channels.includes(channel) ? channel : channels[0];
  const names = chosen === undefined ? [] : [...known.get(chosen)!];
  const path = names.includes(name) ? name : names[0];
  const [first] = versions;
  const history = useApi(
    endpoints.parameters.history,
    {
      query: {
        ...(first === undefined || first.detector === null ? {} : { detector: first.detector }),
        set: first?.set ?? 'dsp',
        channel: chosen ?? '-',
        path: path ?? '-',
      },
    },
    { enabled: path !== undefined, keepPrevious: true },
  );
  if (path === undefined) return <p className="dim">No approved version has values yet.</p>;
  return (
    <>
      <Fields>
        <NativeSelect
          label="Channel"
          value={chosen ?? ''}
          onChange={(event) => setChannel(event.currentTarget.value)}
          data={channels}
        />
        <NativeSelect
          label="Value"
          value={path}
          onChange={(event) => setName(event.currentTarget.value)}
          data={names}
        />
      </Fields>
      <QueryView query={history}>
        {(steps) => <History name={path} steps={steps} onShow={onShow} />}
      </QueryView>
    </>
  );
}

/** Names of the values of each channel that approved versions name; patterns stand for themselves. */
function valuesOf(versions: readonly ParameterVersion[]): Map<string, Set<string>> {
  const known = new Map<string, Set<string>>();
  for (const { content } of versions.filter(({ status }) => status === 'approved')) {
    const leaves = leavesOf(content);
    // Numbers first: they can be drawn.
    leaves.sort((a, b) => Number(typeof b.value === 'number') - Number(typeof a.value === 'number'));
    for (const { path } of leaves) {
      const [channel, ...rest] = path;
      if (channel === undefined || rest.length === 0) continue;
      known.set(channel, (known.get(channel) ?? new Set()).add(rest.join('.')));
    }
  }
  const exact = new Map([...known].filter(([channel]) => !isPattern(channel)));
  return exact.size === 0 ? known : exact;
}

function History({
  name,
  steps,
  onShow,
}: {
  readonly name: string;
  readonly steps: readonly ParameterStep[];
  readonly onShow: (version: number) => void;
}): ReactNode {
  const plot = useMemo(() => curveOf(name, steps), [name, steps]);
  return (
    <>
      {plot === undefined ? null : <ReportPlot plot={plot} height={220} />}
      <PlainTable label="History" head={['From (UTC)', 'Value', 'Version']}>
        {steps.map(({ from, value, version }) => (
          <tr key={from}>
            <td>
              <MomentText at={from} />
            </td>
            <td className="mono">{value === null ? '(none)' : JSON.stringify(value)}</td>
            <td>
              {version === null ? (
                '–'
              ) : (
                <Button size="compact-xs" variant="subtle" onClick={() => onShow(version)}>
                  {version}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </PlainTable>
    </>
  );
}

/** Days since the first step on the axis; undefined unless there are numbers to draw. */
function curveOf(name: string, steps: readonly ParameterStep[]): Plot | undefined {
  const numbers = steps.filter(
    (step): step is ParameterStep & { value: number } => typeof step.value === 'number',
  );
  if (numbers.length < 2) return undefined;
  const start = Date.parse(numbers[0]!.from);
  const days = numbers.map(({ from }) => (Date.parse(from) - start) / 86_400_000);
  return {
    name: `${name}-over-time`,
    title: `${name} over time`,
    xLabel: `Days since ${numbers[0]!.from.slice(0, 16).replace('T', ' ')} UTC`,
    yLabel: name,
    logY: false,
    series: [{ kind: 'points', name, x: days, y: numbers.map(({ value }) => value) }],
  };
}
