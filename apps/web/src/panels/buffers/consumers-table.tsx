import type { ConsumerStatusFrame } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { group, plain } from '../../lib/format/numbers';
import tableClasses from '../../lib/table/data-table.module.css';
import { PlainTable } from '../../lib/table/plain-table';
import { ActionButton } from '../../lib/ui/action-button';
import { useDropConsumer } from './drop-consumer';
import { healthText } from './prepare';

/** Consumers of the data with their health and exact counters, and the numbers that they give themselves. */
export function ConsumersTable({
  detector,
  consumers,
  stale,
}: {
  readonly detector: string;
  readonly consumers: readonly ConsumerStatusFrame[];
  readonly stale: boolean;
}): ReactNode {
  const drop = useDropConsumer(detector);
  return (
    <>
      <PlainTable
        label="Consumers"
        head={[
          'Consumer',
          'In this run',
          'Health',
          'n:Taken',
          'n:Lost',
          'n:Waiting',
          'n:Events',
          'n:Kept',
          'Its numbers',
        ]}
        maxHeight="320px"
        stacks
      >
        {consumers.map((one) => (
          <tr key={`${one.source}/${one.name}`} className={stale ? 'stale' : undefined}>
            <td>
              {one.name}
              <span className="dim">
                {' '}
                {one.kind}, {one.policy}, from {one.input}
              </span>
            </td>
            <td>
              <ActionButton
                size="compact-xs"
                variant="default"
                aria-label={`Drop consumer ${one.name}…`}
                reason={drop.reasonOf(one)}
                quiet={drop.common !== null}
                onClick={() => drop.ask(one)}
              >
                Drop…
              </ActionButton>
            </td>
            <td className={one.message === '' ? undefined : tableClasses['wraps']}>{healthText(one)}</td>
            <td className="num">{group(one.delivered)}</td>
            <td className="num">{group(one.dropped)}</td>
            <td className="num">{group(one.lag)}</td>
            <td className="num">{group(one.events)}</td>
            <td className="num">{group(one.kept)}</td>
            <td className={tableClasses['wraps']}>
              {[...Object.entries(one.counts), ...Object.entries(one.values)]
                .map(([name, value]) => `${name}: ${plain(value)}`)
                .join(', ')}
            </td>
          </tr>
        ))}
      </PlainTable>
      {drop.common === null ? null : <p className="dim">To drop a consumer: {drop.common}</p>}
      {drop.dialog}
    </>
  );
}
