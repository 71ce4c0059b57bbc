import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';

const undoMs = 12_000;

/** Says what was done and offers to take it back. */
export function noteWithUndo(message: string, undo: () => void): void {
  const id = notifications.show({
    color: 'gray',
    autoClose: undoMs,
    message: (
      <Group gap="xs" justify="space-between" wrap="nowrap">
        <span>{message}</span>
        <Button
          variant="default"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          Undo
        </Button>
      </Group>
    ),
  });
}
