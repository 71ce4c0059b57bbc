import type { FileRequest } from '@countroom/dsp';
import { useEffect, useMemo, useState } from 'react';
import type { Json } from '../../lib/form/schema-node';
import { storedNumbers } from './chain-numbers';
import { type LookedUp, lookedUpBy, valueAt } from './draft';
import type { ChainQuestion } from './inspector';
import { databaseFor, type ParameterInUse, parametersInUse, type Tried } from './parameters';
import { type NamedFile, useChainFiles } from './use-chain-files';
import { type Inspector, useInspector } from './use-inspector';
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
}

const noRequests: readonly FileRequest[] = [];
const noneLookedUp: readonly LookedUp[] = [];

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
  const inspector = useInspector(question, raw.bytes);
  const asked = JSON.stringify(inspector.answer?.files ?? []);
  useEffect(() => setRequests(asked), [asked]);
  const parameters = useMemo(
    () => parametersInUse(lookedUp, table, stores, tried),
    [lookedUp, table, stores, tried],
  );
  return { ...inspector, parameters, parameterError: error, files };
}
