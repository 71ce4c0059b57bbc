'use client';

import { Button, type ButtonProps } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './action-button.module.css';

interface ActionButtonProps extends Omit<ButtonProps, 'disabled'> {
  /** Why it cannot be pressed now and what would help; null when it can. */
  readonly reason: string | null;
  /** Not needed by the button of a form: its submit does the work. */
  readonly onClick?: () => void;
  readonly children: ReactNode;
  readonly type?: 'button' | 'submit';
  /** The reason stands elsewhere on the page already; it is still read out. */
  readonly quiet?: boolean;
}

/** A button that says beside itself why it is disabled. It stays reachable by keyboard, so that the reason is read out. */
export function ActionButton({
  reason,
  onClick,
  children,
  type = 'button',
  quiet = false,
  ...button
}: ActionButtonProps): ReactNode {
  const reasonId = useId();
  const disabled = reason !== null;
  return (
    <span className={classes['pair']}>
      <Button
        {...button}
        type={type}
        aria-disabled={disabled}
        {...(disabled ? { 'data-disabled': true, 'aria-describedby': reasonId } : {})}
        onClick={(event) => {
          if (disabled) event.preventDefault();
          else onClick?.();
        }}
      >
        {children}
      </Button>
      {disabled ? <DisabledReason id={reasonId} text={reason} hidden={quiet} /> : null}
    </span>
  );
}

/** Why a control is disabled, as text beside it. */
export function DisabledReason({
  id,
  text,
  hidden = false,
}: {
  readonly id?: string;
  readonly text: string;
  readonly hidden?: boolean;
}): ReactNode {
  return (
    <span id={id} className={hidden ? 'visually-hidden' : classes['reason']}>
      {text}
    </span>
  );
}
