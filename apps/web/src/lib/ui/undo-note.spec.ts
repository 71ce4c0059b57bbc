import { AppError } from '@countroom/contracts';
import { notificationsStore } from '@mantine/notifications';
import type { ReactElement } from 'react';
import { beforeEach, expect, it } from 'vitest';
import { noteWithUndo } from './undo-note';

type Note = ReactElement<{ children: [unknown, ReactElement<{ onClick: () => void }>] }>;

const notes = () => {
  const { notifications, queue } = notificationsStore.getState();
  return [...notifications, ...queue];
};

beforeEach(() => {
  notificationsStore.setState({ notifications: [], queue: [], defaultPosition: 'bottom-right', limit: 5 });
});

async function press(): Promise<void> {
  (notes()[0]!.message as Note).props.children[1].props.onClick();
  await new Promise((resolve) => setImmediate(resolve));
}

it('what could not be taken back is said with its reason', async () => {
  const refused = new AppError('conflict.state', 'A run is under way.');
  noteWithUndo('demo works with Muons now.', () => Promise.reject(refused), 'The settings stay');
  await press();
  expect(notes()).toMatchObject([{ title: 'The settings stay', message: 'A run is under way.' }]);
});

it('what was taken back leaves nothing', async () => {
  let done = 0;
  noteWithUndo('The bench is gone.', () => {
    done += 1;
  });
  await press();
  expect([done, notes()]).toEqual([1, []]);
});
