'use client';

import { Chip } from '@mantine/core';
import type { ReactNode } from 'react';
import { channelLabel, shownKeys } from './channel-keys';
import classes from './panels.module.css';

/** Which channels are drawn; none chosen means the first few. */
export function ChannelChoice({
  channels,
  chosen,
  onChange,
  names = {},
}: {
  readonly channels: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  /** What the device calls its channels, by key. */
  readonly names?: Readonly<Record<string, string>>;
}): ReactNode {
  if (channels.length === 0) return null;
  return (
    <div role="group" aria-label="Channels" className={classes['channels']}>
      <Chip.Group multiple value={[...shownKeys(channels, chosen)]} onChange={onChange}>
        {channels.map((key) => (
          <Chip key={key} size="xs" value={key}>
            {names[key] ?? channelLabel(key, channels)}
          </Chip>
        ))}
      </Chip.Group>
    </div>
  );
}
