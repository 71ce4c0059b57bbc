import { endpoints, type JobLogLine } from '@countroom/contracts';
import { useEffect, useRef, useState } from 'react';
import { useApiClient } from '../../lib/api/api-provider';
import { useConnection } from '../../lib/live/live-provider';
import { useLiveFrames } from '../../lib/live/use-live';
import { completeUntil, mergeLines } from './log-lines';

const pageSize = 1000;

/** A job's log: read once, followed live, and read again behind the last complete line when lines were missed. */
export function useJobLog(job: string): {
  readonly lines: readonly JobLogLine[];
  readonly pending: boolean;
  readonly error: unknown;
  readonly retry: () => void;
} {
  const api = useApiClient();
  const connection = useConnection().state;
  const [lines, setLines] = useState<readonly JobLogLine[]>([]);
  const [pending, setPending] = useState(true);
  const [error, setError] = useState<unknown>(null);
  const [wanted, setWanted] = useState(0);
  const held = useRef<readonly JobLogLine[]>([]);
  const read = useRef(0);

  const add = (more: readonly JobLogLine[]): void => {
    held.current = mergeLines(held.current, more);
    setLines(held.current);
  };
  useEffect(() => {
    if (connection === 'disconnected' || connection === 'refused') return undefined;
    const stop = new AbortController();
    const catchUp = async (): Promise<void> => {
      for (;;) {
        const after = completeUntil(held.current, read.current);
        const page = await api.call(endpoints.jobs.log, {
          params: { id: job },
          query: { after, limit: pageSize },
          signal: stop.signal,
        });
        read.current = page.at(-1)?.sequence ?? after;
        add(page);
        if (page.length < pageSize) return;
      }
    };
    catchUp().then(
      () => {
        setPending(false);
        setError(null);
      },
      (fault: unknown) => {
        if (stop.signal.aborted) return;
        setPending(false);
        setError(fault);
      },
    );
    return () => stop.abort();
  }, [api, job, connection, wanted]);
  useLiveFrames('job.log', { job }, (frame) => {
    add([frame.header]);
    if (completeUntil(held.current, read.current) < frame.header.sequence) {
      setWanted((count) => count + 1);
    }
  });
  return { lines, pending, error, retry: () => setWanted((count) => count + 1) };
}
