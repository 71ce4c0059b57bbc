'use client';

import type { DatasetInfo, TreeNode, WaveformsPreview } from '@countroom/contracts';
import { type ReactNode, useMemo } from 'react';
import { plain } from '../../lib/format/numbers';
import { EmptyState } from '../../lib/states/empty-state';
import { ErrorState } from '../../lib/states/error-state';
import { LoadingState } from '../../lib/states/loading-state';
import { useStoredChain } from '../chain-editor/chain-choice';
import { urlChain } from '../chain-editor/other-chain';
import { cutFault } from '../data/cut-fault';
import { type BrowserAddress, isFrequency, mostDrawn, useBrowserAddress } from './browser-address';
import { BrowserPlot } from './browser-plot';
import { ChainControls } from './chain-controls';
import {
  type ComputedTable,
  chainColumns,
  chainFaults,
  chainKey,
  chainWaveforms,
  computedCurves,
  computedValue,
  spectrumName,
} from './chain-rows';
import {
  derivedCurves,
  drawnCurves,
  type Left,
  type Look,
  type ShapedRow,
  shapesOf,
  type TableWaveforms,
  type ValueAt,
} from './curves';
import { CutControls } from './cut-controls';
import { type DrawnTable, hitsText, tablesOfHits, tablesOfRows } from './drawn-tables';
import { HistogramPick } from './histogram-pick';
import { resolveTemplate } from './legend-template';
import { LookControls } from './look-controls';
import { OnlyField } from './only-field';
import { RowControls } from './row-controls';
import { SaveSelection } from './save-selection';
import { SpectrumPlot } from './spectrum-plot';
import { StyleControls } from './style-controls';
import { columnsOf, cutTable, eventColumnsOf, tableOf, tablesBeside } from './tiers';
import { useChainRows } from './use-chain-rows';
import { useEventHits } from './use-event-hits';
import { useRows } from './use-rows';
import { useTiers } from './use-tiers';
import { useValues } from './use-values';
import { useWaveforms } from './use-waveforms';
import { LeftOut, ValueTable } from './value-table';

const noTables: readonly DrawnTable[] = [];

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
  const inFrequency = isFrequency(address.xUnit);
  const stored = useStoredChain(address.chain);
  const chain = useChainRows(dataset, waiting ? noTables : tables, {
    content: stored.chosen?.content,
    key: urlChain.write(address.chain) ?? '',
    waveforms: address.waves,
    spectrum: inFrequency,
  });
  const { computed } = chain;
  const columns = [
    ...(table === undefined ? [] : [...columnsOf(tiers, table), ...eventColumnsOf(source, table)]),
    ...chainColumns(computed),
  ];
  const template = resolveTemplate(address.look.text, columns);
  const look = { ...address.look, text: template.text };
  const events =
    isEvents && source !== undefined && hits.data !== undefined
      ? { tier: source, path: cutTable(source, node)?.path ?? '', numbers, hits: hits.data.hits }
      : null;
  const values = useValues(look, tiers, tables, events);
  const valueAt: ValueAt = (of, token, row) =>
    token.startsWith(`${chainKey}/`)
      ? computedValue(computed, of, token, row)
      : values.valueAt(of, token, row);
  const many = isEvents || tables.length > 1;
  const drawn = (whole.data ?? []).map((preview, index) => ({
    table: tables[index]!.table.path,
    name: many ? tables[index]!.table.path : '',
    whole: preview,
  }));
  const shapes = drawn.map((one) => shapesOf(one, look, valueAt));
  // What was left out of the whole is asked for where the reader looks closer.
  const partial = address.zoom !== null && whole.data?.some(isDecimated) === true;
  const part = useWaveforms({
    ...common,
    enabled: partial && !waiting,
    part: partOfFile(address.zoom, shapes),
  });
  const shown = partial ? (part.data ?? whole.data) : whole.data;
  const [first] = whole.data ?? [];
  const error = chosen.error ?? hits.error ?? whole.error ?? values.error ?? stored.error ?? chain.error;
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
      <RowControls
        address={address}
        chosen={chosen}
        more={
          table === undefined ? null : (
            <>
              {isEvents || address.cut !== '' ? null : <OnlyField only={address.only} />}
              <SaveSelection address={address} chosen={chosen} source={source} table={table} />
            </>
          )
        }
      />
      {table === undefined ? null : <HistogramPick tiers={tiers} table={table} />}
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
      >
        <StyleControls
          address={address}
          timeUnit={first?.timeUnit ?? 'ns'}
          valueUnit={first?.valueUnit ?? ''}
        />
        <ChainControls
          address={address}
          configurations={stored.configurations}
          waveforms={chainWaveforms(computed)}
          faults={chainFaults(computed)}
          pending={chain.pending}
        />
      </LookControls>
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
          valueAt={valueAt}
          computed={computed}
          first={first}
          inFrequency={inFrequency}
          fading={
            chosen.pending ||
            (inFrequency && chain.pending) ||
            hits.pending ||
            values.pending ||
            (partial && part.data === undefined)
          }
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
  computed,
  first,
  inFrequency,
  fading,
}: {
  readonly address: BrowserAddress;
  /** With the tiers of all columns named. */
  readonly look: Look;
  readonly tables: readonly TableWaveforms[];
  readonly shown: readonly WaveformsPreview[];
  readonly shapes: readonly ReadonlyMap<number, ShapedRow>[];
  readonly valueAt: ValueAt;
  /** What the chain made of the drawn rows. */
  readonly computed: readonly ComputedTable[];
  /** Spectra in the place of waveforms. */
  readonly inFrequency: boolean;
  readonly first: WaveformsPreview;
  readonly fading: boolean;
}): ReactNode {
  const curves = tables.flatMap((table, index) => [
    ...drawnCurves(table, shown[index]!, shapes[index]!, look, valueAt),
    ...derivedCurves(
      table,
      computedCurves(computed, table.table, address.waves),
      first.timeUnit,
      shapes[index]!,
    ),
  ]);
  const spectra = useMemo(
    () =>
      computed
        .flatMap(({ table }) => computedCurves(computed, table, [...address.waves, spectrumName]))
        .filter(({ xUnit }) => xUnit === 'MHz'),
    [computed, address.waves],
  );
  const [row] = first.waveforms;
  return (
    <>
      {inFrequency || spectra.length > 0 ? (
        <SpectrumPlot curves={spectra} unit={inFrequency ? address.xUnit : 'MHz'} fading={fading} />
      ) : null}
      {inFrequency ? null : (
        <BrowserPlot
          address={address}
          curves={curves}
          path={first.path}
          timeUnit={first.timeUnit}
          valueUnit={first.valueUnit}
          fading={fading}
        />
      )}
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
      <ValueTable
        curves={curves.filter(({ variable }) => variable === undefined)}
        tokens={address.look.legend}
      />
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
