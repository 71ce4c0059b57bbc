'use client';

import { Kbd, Modal } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import {
  generalKeys,
  isTyping,
  type KeyHelp,
  screenKeys,
  tableKeys,
  waveformKeys,
} from '../../lib/keyboard/keys';
import classes from './keyboard-help.module.css';
import { pages } from './pages';

const openEvent = 'countroom:keys';

/** Opens the list of keys from anywhere. */
export function openKeyboardHelp(): void {
  window.dispatchEvent(new Event(openEvent));
}

/** The list of keys behind `?`, and the keys that go to pages. */
export function KeyboardHelp(): ReactNode {
  const [opened, setOpened] = useState(false);
  const router = useRouter();
  useEffect(() => {
    let goUntil = 0;
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '?') {
        setOpened(true);
      } else if (event.key === 'g') {
        goUntil = event.timeStamp + 1500;
        return;
      } else if (event.timeStamp < goUntil) {
        const page = pages.find((each) => each.key === event.key);
        if (page !== undefined) {
          // The letter must not also move in a table.
          event.stopImmediatePropagation();
          router.push(page.path);
        }
      }
      goUntil = 0;
    };
    const onOpen = (): void => setOpened(true);
    window.addEventListener('keydown', onKey, { capture: true });
    window.addEventListener(openEvent, onOpen);
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true });
      window.removeEventListener(openEvent, onOpen);
    };
  }, [router]);
  return (
    <Modal opened={opened} onClose={() => setOpened(false)} title="Keys">
      <KeyTable title="Everywhere" keys={generalKeys} />
      <KeyTable title="In tables" keys={tableKeys} />
      <KeyTable title="In waveforms" keys={waveformKeys} />
      <KeyTable title="On the screen of the oscilloscope" keys={screenKeys} />
    </Modal>
  );
}

function KeyTable({ title, keys }: { readonly title: string; readonly keys: readonly KeyHelp[] }): ReactNode {
  return (
    <table className={classes['keys']}>
      <caption>{title}</caption>
      <tbody>
        {keys.map((entry) => (
          <tr key={entry.keys}>
            <th scope="row">
              <Kbd>{entry.keys}</Kbd>
            </th>
            <td>{entry.does}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
