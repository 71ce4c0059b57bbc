'use client';

import { type Detector, type DetectorStatus, endpoints, type RatesFrame } from '@countroom/contracts';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useApi } from '../api/use-api';
import { useLiveFrames } from './use-live';

/** A detector with what it last said of itself. */
export interface DetectorLive {
  readonly detector: Detector;
  readonly status: DetectorStatus | null;
  readonly statusAtMs: number | null;
  readonly rates: RatesFrame | null;
  readonly ratesAtMs: number | null;
  /** Frames of rates that came too fast for this page, so far. */
  readonly ratesDropped: number;
}

type Newest = Partial<Omit<DetectorLive, 'detector'>>;

interface Statuses {
  readonly list: readonly DetectorLive[];
  readonly pending: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

const nothing: Statuses = { list: [], pending: true, error: null, retry: () => undefined };
const StatusContext = createContext<Statuses>(nothing);

/** Follows status and rates of every enabled live detector, once for the whole page. */
export function StatusProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const detectors = useApi(endpoints.detectors.list, {}, { everyMs: 60_000 });
  const asked = useApi(endpoints.detectors.statuses, {}, { everyMs: 30_000 });
  const [newest, setNewest] = useState<ReadonlyMap<string, Newest>>(new Map());
  const receive = useCallback((name: string, news: Newest) => {
    setNewest((known) => new Map(known).set(name, { ...known.get(name), ...news }));
  }, []);
  // What was asked for fills in until the first frame, and wins when frames stopped coming.
  useEffect(() => {
    for (const status of asked.data ?? []) {
      const at = status.at === null ? null : Date.parse(status.at);
      setNewest((known) => {
        const before = known.get(status.detector);
        if (before?.statusAtMs !== undefined && (before.statusAtMs ?? 0) >= (at ?? 0)) return known;
        return new Map(known).set(status.detector, { ...before, status, statusAtMs: at });
      });
    }
  }, [asked.data]);

  const live = useMemo(
    () => (detectors.data ?? []).filter((detector) => detector.kind === 'live' && detector.enabled),
    [detectors.data],
  );
  const { isPending, error, refetch } = detectors;
  const statuses = useMemo<Statuses>(
    () => ({
      list: live.map((detector) => ({
        detector,
        status: null,
        statusAtMs: null,
        rates: null,
        ratesAtMs: null,
        ratesDropped: 0,
        ...newest.get(detector.name),
      })),
      pending: isPending,
      error,
      retry: () => void refetch(),
    }),
    [live, newest, isPending, error, refetch],
  );
  return (
    <StatusContext value={statuses}>
      {live.map((detector) => (
        <Follow key={detector.id} name={detector.name} receive={receive} />
      ))}
      {children}
    </StatusContext>
  );
}

function Follow({
  name,
  receive,
}: {
  readonly name: string;
  readonly receive: (name: string, news: Newest) => void;
}): ReactNode {
  const params = { detector: name };
  useLiveFrames('detector.status', params, (frame) =>
    receive(name, { status: frame.header, statusAtMs: frame.dataAtMs }),
  );
  useLiveFrames('detector.rates', params, (frame) =>
    receive(name, { rates: frame.header, ratesAtMs: frame.dataAtMs, ratesDropped: frame.dropped }),
  );
  return null;
}

/** Every enabled live detector with its newest status and rates. */
export function useStatuses(): Statuses {
  return useContext(StatusContext);
}
