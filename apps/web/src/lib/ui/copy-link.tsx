'use client';

import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** Copies the address of the page as it is now: whoever opens it sees the same object, range and zoom. */
export function CopyLink(): ReactNode {
  const clipboard = useClipboard({ timeout: 2000 });
  const Icon = clipboard.copied ? IconCheck : IconLink;
  return (
    <Button
      variant="default"
      leftSection={<Icon size={14} aria-hidden />}
      onClick={() => {
        if (window.isSecureContext) clipboard.copy(window.location.href);
        else {
          notifications.show({
            message:
              'Browsers copy only from pages over https. The link to this view is the address of the page.',
          });
        }
      }}
    >
      <span aria-live="polite">{clipboard.copied ? 'Copied' : 'Copy link'}</span>
    </Button>
  );
}
