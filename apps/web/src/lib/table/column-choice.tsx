import { ActionIcon, Checkbox, Popover, Stack, UnstyledButton } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './data-table.module.css';

interface Choice {
  readonly id: string;
  readonly header: string;
}

/** Which columns are shown; at least one stays. */
export function ColumnChoice({
  columns,
  visible,
  onChange,
  reset,
}: {
  readonly columns: readonly Choice[];
  readonly visible: readonly string[];
  readonly onChange: (visible: readonly string[]) => void;
  readonly reset: () => void;
}): ReactNode {
  return (
    <Popover position="bottom-end" withinPortal trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon aria-label="Choose columns">
          <IconColumns3 size={16} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns">
        <Stack gap={6}>
          {columns.map((column) => {
            const shown = visible.includes(column.id);
            return (
              <Checkbox
                key={column.id}
                label={column.header}
                checked={shown}
                disabled={shown && visible.length === 1}
                onChange={() =>
                  onChange(
                    columns
                      .map((each) => each.id)
                      .filter((id) => (id === column.id ? !shown : visible.includes(id))),
                  )
                }
              />
            );
          })}
          <UnstyledButton className={classes['reset']} onClick={reset}>
            Show the usual columns
          </UnstyledButton>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
