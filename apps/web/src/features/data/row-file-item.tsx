'use client';

import { endpoints } from '@countroom/contracts';
import { Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { useApiClient } from '../../lib/api/api-provider';
import { shownError } from '../../lib/api/errors';

/** A file of rows to download. Whether the server has room for it is asked first: a refused download does not say why. */
export function RowFileItem({
  href,
  otherwise,
  children,
}: {
  readonly href: string;
  /** What else can be done while the server is busy. */
  readonly otherwise: string;
  readonly children: ReactNode;
}): ReactNode {
  const api = useApiClient();
  const begin = async (): Promise<void> => {
    const say = (message: string): string =>
      notifications.show({ title: 'Rows: not saved', message, color: 'alarm', autoClose: 12_000 });
    try {
      const { making, most } = await api.call(endpoints.rowFiles.room, {});
      if (making < most) download(href);
      else
        say(
          `${making} files of rows are being made already. Try again when one of them is saved${otherwise}.`,
        );
    } catch (error) {
      say(shownError(error).message);
    }
  };
  return (
    <Menu.Item
      component="a"
      href={href}
      download
      onClick={(event) => {
        event.preventDefault();
        void begin();
      }}
    >
      {children}
    </Menu.Item>
  );
}

function download(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  link.click();
}
