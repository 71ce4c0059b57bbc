'use client';

import type { DatasetInfo, TreeNode, WaveformsPreview } from '@countroom/contracts';
import { type ReactNode, useMemo } from 'react';
import { plain } from '../../lib/format/numbers';
import { EmptyState } from '../../lib/states/empty-state';
import { ErrorState } from '../../lib/states/error-state';
import { LoadingState } from '../../lib/states/loading-state';
import { cutFault } from '../data/cut-fault';
import { type BrowserAddress, mostDrawn, useBrowserAddress } from './browser-address';
import { BrowserPlot } from './browser-plot';
import {
  drawnCurves,
  type Left,
  type Look,
  type ShapedRow,
  shapesOf,
  type TableWaveforms,
  type ValueAt,
} from './curves';
import { CutControls } from './cut-controls';
import { hitsText, tablesOfHits, tablesOfRows } from './drawn-tables';
import { resolveTemplate } from './legend-template';
import { LookControls } from './look-controls';
import { RowControls } from './row-controls';
import { columnsOf, tableOf, tablesBeside } from './tiers';
import { useEventHits } from './use-event-hits';
import { useRows } from './use-rows';
import { useTiers } from './use-tiers';
import { useValues } from './use-values';
import { useWaveforms } from './use-waveforms';
import { LeftOut, ValueTable } from './value-table';

/** Waveforms of a file, chosen by number or by a cut in any tier of the run, with what the tiers know about them. */
export function WaveformBrowser({
  dataset,
  root,
  node,
}: {
  readonly dataset: DatasetInfo;
  readonly root: TreeNode;
  readonly node: TreeNode;
}): ReactNode {
  const address = useBrowserAddress();
  const { own, tiers, pending: tiersPending } = useTiers(dataset, root);
  const table = useMemo(() => tableOf(root, node.path), [root, node.path]);
  const rows = node.rows ?? 0;
  const source = address.cutIn === '' ? own : tiers.find(({ key }) => key === address.cutIn);
  const chosen = useRows(address, rows, table, source);
  const hits = useEventHits(dataset.id, source, chosen);
  const { numbers, unit } = chosen;
  const isEvents = unit === 'event';
  const tables = useMemo(() => {
    const from = { table: table ?? node, node };
    return isEvents
      ? tablesOfHits(root, from, hits.data?.hits ?? [], mostDrawn)
      : tablesOfRows(root, from, address.beside, numbers);
  }, [root, table, node, isEvents, hits.data, address.beside, numbers]);
  const waiting = source === undefined && (address.cut !== '' || tiersPending);
  const common = { dataset: dataset.id, tables, enabled: !waiting };
  const whole = useWaveforms({ ...common, part: null });
  const columns = table === undefined ? [] : columnsOf(tiers, table);
  const template = resolveTemplate(address.look.text, columns);
  const look = { ...address.look, text: template.text };
  const values = useValues(look, tiers, tables);
  const many = isEvents || tables.length > 1;
  const drawn = (whole.data ?? []).map((preview, index) => ({
    table: tables[index]!.table.path,
    name: many ? tables[index]!.table.path : '',
    whole: preview,
  }));
  const shapes = drawn.map((one) => shapesOf(one, look, values.valueAt));
  // What was left out of the whole is asked for where the reader looks closer.
  const partial = address.zoom !== null && whole.data?.some(isDecimated) === true;
  const part = useWaveforms({
    ...common,
    enabled: partial && !waiting,
    part: partOfFile(address.zoom, shapes),
  });
  const shown = partial ? (part.data ?? whole.data) : whole.data;
  const [first] = whole.data ?? [];
  const error = chosen.error ?? hits.error ?? whole.error ?? values.error;
  return (
    <>
      {table === undefined ? null : (
        <CutControls
          address={address}
          table={table}
          tiers={tiers}
          source={source}
          pending={tiersPending}
          error={chosen.error}
        />
      )}
      <RowControls address={address} chosen={chosen} />
      {hits.data === undefined ? null : (
        <p className="dim" role="status">
          {hitsText(hits.data, tables)}
        </p>
      )}
      <LookControls
        address={address}
        columns={columns}
        textFault={tiersPending ? null : template.fault}
        beside={
          table === undefined || isEvents ? [] : tablesBeside(root, table, node).map(({ path }) => path)
        }
        timeUnit={first?.timeUnit ?? 'ns'}
      />
      {error !== null ? (
        <Fault error={error} retry={whole.retry} />
      ) : numbers.length === 0 && !chosen.pending && !waiting ? (
        <EmptyState title={chosen.rows === 0 ? `There are no ${unit}s.` : `No ${unit} passes the cut.`}>
          {chosen.rows === 0 ? 'The table is empty.' : `Mend the cut, or begin with an earlier ${unit}.`}
        </EmptyState>
      ) : tables.length === 0 && !chosen.pending && !hits.pending && !waiting ? (
        <EmptyState title="No hit has a waveform here.">Go on to another event.</EmptyState>
      ) : shown === undefined || first === undefined ? (
        <LoadingState lines={1} height={400} />
      ) : (
        <Drawn
          address={address}
          look={look}
          tables={drawn}
          shown={shown}
          shapes={shapes}
          valueAt={values.valueAt}
          first={first}
          fading={chosen.pending || hits.pending || values.pending || (partial && part.data === undefined)}
        />
      )}
    </>
  );
}

function Drawn({
  address,
  look,
  tables,
  shown,
  shapes,
  valueAt,
  first,
  fading,
}: {
  readonly address: BrowserAddress;
  /** With the tiers of all columns named. */
  readonly look: Look;
  readonly tables: readonly TableWaveforms[];
  readonly shown: readonly WaveformsPreview[];
  readonly shapes: readonly ReadonlyMap<number, ShapedRow>[];
  readonly valueAt: ValueAt;
  readonly first: WaveformsPreview;
  readonly fading: boolean;
}): ReactNode {
  const curves = tables.flatMap((table, index) =>
    drawnCurves(table, shown[index]!, shapes[index]!, look, valueAt),
  );
  const [row] = first.waveforms;
  return (
    <>
      <BrowserPlot
        address={address}
        curves={curves}
        path={first.path}
        timeUnit={first.timeUnit}
        valueUnit={first.valueUnit}
        fading={fading}
      />
      {fading ? null : <LeftOut left={leftOut(shapes)} />}
      {row === undefined ? null : (
        <p className="dim">
          {plain(row.samples)} samples of {plain(row.dt)} {first.timeUnit}, first at {plain(row.t0)}{' '}
          {first.timeUnit}
          {shown.some(isDecimated)
            ? '; drawn from the smallest and largest sample of each stretch: zoom in to see each one'
            : ''}
        </p>
      )}
      <ValueTable curves={curves} tokens={address.look.legend} />
    </>
  );
}

function Fault({ error, retry }: { readonly error: unknown; readonly retry: () => void }): ReactNode {
  return cutFault(error) === null ? (
    <ErrorState error={error} retry={retry} />
  ) : (
    <EmptyState title="The cut cannot be used.">What is wrong with it stands at its place above.</EmptyState>
  );
}

function isDecimated({ waveforms }: WaveformsPreview): boolean {
  return waveforms.some(({ decimated }) => decimated);
}

function leftOut(shapes: readonly ReadonlyMap<number, ShapedRow>[]): readonly Left[] {
  return shapes
    .flatMap((rows) => [...rows.values()])
    .flatMap(({ label, shape }) => (typeof shape === 'string' ? [{ label, reason: shape }] : []));
}

/** The times of the file that lie in a zoomed range in any of the curves. */
function partOfFile(
  zoom: BrowserAddress['zoom'],
  shapes: readonly ReadonlyMap<number, ShapedRow>[],
): readonly [number, number] | null {
  if (zoom === null) return null;
  const shifts = shapes
    .flatMap((rows) => [...rows.values()])
    .flatMap(({ shape }) => (typeof shape === 'string' ? [] : [shape.shift]));
  return shifts.length === 0 ? zoom : [zoom[0] + Math.min(...shifts), zoom[1] + Math.max(...shifts)];
}
