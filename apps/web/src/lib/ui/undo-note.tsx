import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { shownError } from '../api/errors';

const undoMs = 12_000;

/** Says what was done and offers to take it back. When that fails, `failed` and the reason are said. */
export function noteWithUndo(
  message: string,
  undo: () => void | Promise<void>,
  failed = 'It was not taken back',
): void {
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
            undo()?.catch((error: unknown) => sayFailed(failed, error));
          }}
        >
          Undo
        </Button>
      </Group>
    ),
  });
}

function sayFailed(title: string, error: unknown): void {
  notifications.show({ title, message: shownError(error).message, color: 'alarm', autoClose: undoMs });
}
