import type { FileRequest, JoinedInput } from '@countroom/dsp';
import { useEffect, useMemo, useState } from 'react';
import type { Json } from '../../lib/form/schema-node';
import { storedNumbers } from './chain-numbers';
import { type LookedUp, lookedUpBy, valueAt } from './draft';
import type { ChainQuestion } from './inspector';
import type { SentRows } from './inspector-messages';
import { databaseFor, type ParameterInUse, parametersInUse, type Tried } from './parameters';
import { type NamedFile, useChainFiles } from './use-chain-files';
import { type Inspector, useInspector } from './use-inspector';
import { type FoundJoin, useJoinedRows } from './use-joined-rows';
import { useHeldParameters } from './use-parameters';
import type { RawRows } from './use-raw-rows';

/** A chain of a configuration, to be computed for the chosen rows. */
interface Previewed {
  readonly content: Json;
  readonly config: Json;
  /** Variables whose waveforms are wanted. */
  readonly show: readonly string[];
  readonly tried: Tried;
}

/** What a chain makes of the chosen rows, and what it looked up for that. */
export interface Preview extends Inspector {
  readonly parameters: readonly ParameterInUse[];
  /** Why the approved parameters are not known. */
  readonly parameterError: unknown;
  readonly files: readonly NamedFile[];
  /** Tables that it joins, and what was found of each. */
  readonly joins: readonly JoinedInput[];
  readonly foundJoins: readonly (FoundJoin | undefined)[];
}

const noRequests: readonly FileRequest[] = [];
const noneLookedUp: readonly LookedUp[] = [];
const noJoins: readonly JoinedInput[] = [];

/** Computes a chain with the parameters that hold for the run and the channel, as a job would; nothing for null. */
export function usePreview(previewed: Previewed | null, raw: RawRows): Preview {
  const { content, config, show, tried } = previewed ?? { content: null, config: null, show: [], tried: {} };
  const table = raw.table?.path ?? '';
  const lookedUp = useMemo(() => (config === null ? noneLookedUp : lookedUpBy(config)), [config]);
  const { held, sources, pending, error } = useHeldParameters(raw.dataset, table, lookedUp.length > 0);
  const given = valueAt(content, ['database']);
  const stores = useMemo(() => ({ held, sources, given }), [held, sources, given]);
  const [requestText, setRequests] = useState('[]');
  const requests = useMemo(
    () => (requestText === '[]' ? noRequests : (JSON.parse(requestText) as readonly FileRequest[])),
    [requestText],
  );
  const stored = useMemo(() => storedNumbers(content), [content]);
  const { known, files } = useChainFiles(requests, stored, raw.dataset);
  const showKey = show.join();
  const isOn = previewed !== null && !pending;
  const question = useMemo<ChainQuestion | null>(
    () =>
      isOn
        ? {
            config,
            database: databaseFor(table, stores, tried),
            show: showKey === '' ? [] : showKey.split(','),
            numbers: known,
          }
        : null,
    [isOn, config, table, stores, tried, showKey, known],
  );
  const [joinText, setJoins] = useState('[]');
  const joins = useMemo(
    () => (joinText === '[]' ? noJoins : (JSON.parse(joinText) as readonly JoinedInput[])),
    [joinText],
  );
  const foundJoins = useJoinedRows(joins, raw);
  const { rows, isReady } = useSentRows(raw, foundJoins);
  const inspector = useInspector(question, rows);
  const asked = JSON.stringify(inspector.answer?.files ?? []);
  useEffect(() => setRequests(asked), [asked]);
  const askedJoins = JSON.stringify(inspector.answer?.joins ?? []);
  useEffect(() => setJoins(askedJoins), [askedJoins]);
  const parameters = useMemo(
    () => parametersInUse(lookedUp, table, stores, tried),
    [lookedUp, table, stores, tried],
  );
  return {
    ...inspector,
    isBehind: inspector.isBehind || !isReady,
    parameters,
    parameterError: error,
    files,
    joins,
    foundJoins,
  };
}

/** Raw rows and those of joined tables change together: rows that do not belong to each other are never computed. */
function useSentRows(
  { bytes, isSettled }: RawRows,
  found: readonly (FoundJoin | undefined)[],
): { readonly rows: SentRows; readonly isReady: boolean } {
  const now = useMemo(() => ({ bytes, joined: found.filter((one) => one !== undefined) }), [bytes, found]);
  const isReady = found.length === 0 || (isSettled && now.joined.length === found.length);
  const [kept, keep] = useState<SentRows>(now);
  useEffect(() => {
    if (isReady) keep(now);
  }, [isReady, now]);
  return { rows: isReady ? now : kept, isReady };
}
