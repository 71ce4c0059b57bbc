import { endpoints, type SessionInfo } from '@countroom/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { sessionKey, useApiClient } from '../../lib/api/api-provider';
import { createSendFile } from './send-file';
import { isSettled, type Upload, type UploadFacts, UploadQueue } from './upload-queue';

const queue = new UploadQueue();
const none: readonly Upload[] = [];

/** The files that were given to this browser tab, and what can be done with them. */
export function useUploads(): {
  readonly uploads: readonly Upload[];
  readonly add: (files: readonly File[], facts: UploadFacts) => void;
  readonly cancel: (id: number) => void;
  readonly retry: (id: number) => void;
  readonly clear: () => void;
} {
  const api = useApiClient();
  const queries = useQueryClient();
  const uploads = useSyncExternalStore(queue.subscribe, queue.list, () => none);
  const send = useMemo(
    () => createSendFile(api, () => queries.getQueryData<SessionInfo>(sessionKey)?.csrfToken ?? null),
    [api, queries],
  );
  const open = uploads.some((upload) => !isSettled(upload));
  useEffect(() => {
    if (!open) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [open]);
  const done = uploads.filter((upload) => upload.state === 'done').length;
  useEffect(() => {
    if (done === 0) return;
    const changed = [endpoints.data.list, endpoints.runs.list, endpoints.detectors.list];
    for (const { id } of changed) void queries.invalidateQueries({ queryKey: [id] });
  }, [done, queries]);
  return {
    uploads,
    add: (files, facts) => queue.add(files, facts, send),
    cancel: (id) => queue.cancel(id),
    retry: (id) => queue.retry(id),
    clear: () => queue.clearSettled(),
  };
}
