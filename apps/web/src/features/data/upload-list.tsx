import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { shownError } from '../../lib/api/errors';
import { bytes, percent } from '../../lib/format/numbers';
import { ProgressBar } from '../../lib/ui/progress-bar';
import { StatusMark } from '../../lib/ui/status-mark';
import classes from './data.module.css';
import { ImportDone } from './import-done';
import { isSettled, type Upload } from './upload-queue';

/** Files that are being sent or were: how far, what became of them, where they led. */
export function UploadList({
  uploads,
  onCancel,
  onRetry,
  onClear,
}: {
  readonly uploads: readonly Upload[];
  readonly onCancel: (id: number) => void;
  readonly onRetry: (id: number) => void;
  readonly onClear: () => void;
}): ReactNode {
  return (
    <>
      <ul className={classes['uploads']} aria-label="Files given to this page">
        {uploads.map((upload) => (
          <li key={upload.id}>
            <span className={classes['fileName']}>
              <span className="mono">{upload.name}</span> <span className="dim">{bytes(upload.bytes)}</span>
            </span>
            <UploadState upload={upload} />
            {isSettled(upload) ? null : (
              <Button
                size="compact-xs"
                variant="default"
                aria-label={`Cancel ${upload.name}`}
                onClick={() => onCancel(upload.id)}
              >
                Cancel
              </Button>
            )}
            {upload.state === 'failed' || upload.state === 'cancelled' ? (
              <Button
                size="compact-xs"
                variant="default"
                aria-label={`Try ${upload.name} again`}
                onClick={() => onRetry(upload.id)}
              >
                Try again
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {uploads.some(isSettled) ? (
        <Button size="compact-xs" variant="subtle" mt="xs" onClick={onClear}>
          Clear the finished ones
        </Button>
      ) : null}
    </>
  );
}

function UploadState({ upload }: { readonly upload: Upload }): ReactNode {
  switch (upload.state) {
    case 'waiting':
      return <span className="dim">waits</span>;
    case 'sending': {
      const share = upload.bytes === 0 ? 1 : upload.sentBytes / upload.bytes;
      return (
        <ProgressBar
          label={`Sending ${upload.name}`}
          share={share}
          text={`${percent(share, 0)}, ${bytes(upload.sentBytes)}`}
        />
      );
    }
    case 'storing':
      return <ProgressBar label={`Storing ${upload.name}`} share={null} text="sent; being stored" />;
    case 'cancelled':
      return <span className="dim">cancelled; nothing was kept</span>;
    case 'failed':
      return (
        <span role="alert">
          <StatusMark mark="alarm">Not imported</StatusMark> {shownError(upload.error).message}
        </span>
      );
    case 'done':
      return upload.result === null ? null : <ImportDone result={upload.result} />;
  }
}
