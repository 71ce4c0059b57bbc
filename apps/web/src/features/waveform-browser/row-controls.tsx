'use client';

import { NumberInput } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { plain } from '../../lib/format/numbers';
import { isTyping } from '../../lib/keyboard/keys';
import { ActionButton } from '../../lib/ui/action-button';
import { replaceUrl } from '../../lib/url/url-state';
import classes from './browser.module.css';
import { type BrowserAddress, goToPlace, goToRow, mostDrawn } from './browser-address';
import type { ChosenRows } from './use-rows';

/** On, back, anywhere, or to a row. n, p and r are the same by keyboard. */
export function RowControls({
  address,
  chosen,
  more,
}: {
  readonly address: BrowserAddress;
  readonly chosen: ChosenRows;
  /** Further controls in the same line. */
  readonly more: ReactNode;
}): ReactNode {
  const { drawn } = address;
  const { from, passing, numbers, rows, unit } = chosen;
  // What is being typed stays, also when rows come for its first digits.
  const [typed, setTyped] = useState<number | string | null>(null);
  const isFirst = from === 0;
  const isLast = from + drawn >= passing;
  const go = (place: number): void => {
    const to = Math.max(0, Math.min(place, passing - drawn));
    if (to === from) return;
    if (address.cut === '' && address.only.length === 0) goToRow(to);
    else goToPlace(to);
  };
  const steps: Readonly<Record<string, () => void>> = {
    n: () => go(from + drawn),
    p: () => go(from - drawn),
    // Any place but this one.
    r: () => {
      const other = Math.floor(Math.random() * (passing - drawn));
      go(other < from ? other : other + 1);
    },
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      steps[event.key]?.();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
  const none =
    chosen.error !== null ? 'The cut cannot be used.' : passing === 0 ? `No ${unit} passes.` : null;
  const all = passing <= drawn ? `All ${unit}s that pass are drawn.` : null;
  return (
    <div className={classes['controls']}>
      <ActionButton
        variant="default"
        quiet
        reason={none ?? (isFirst ? `These are the first ${unit}s.` : null)}
        onClick={() => steps['p']?.()}
      >
        Previous (p)
      </ActionButton>
      <ActionButton
        variant="default"
        quiet
        reason={none ?? (isLast ? `These are the last ${unit}s.` : null)}
        onClick={() => steps['n']?.()}
      >
        Next (n)
      </ActionButton>
      <ActionButton variant="default" quiet reason={none ?? all} onClick={() => steps['r']?.()}>
        Random (r)
      </ActionButton>
      <NumberInput
        label={unit === 'row' ? 'Row' : 'Event'}
        className={classes['number']}
        hideControls
        min={0}
        max={Math.max(0, rows - 1)}
        allowDecimal={false}
        value={typed ?? numbers[0] ?? address.row}
        onChange={(value) => {
          if (value === (numbers[0] ?? address.row)) return;
          setTyped(value);
          if (value !== '') goToRow(Number(value));
        }}
        onBlur={() => setTyped(null)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') setTyped(null);
        }}
      />
      <NumberInput
        label="Overlay"
        className={classes['number']}
        min={1}
        max={mostDrawn}
        allowDecimal={false}
        value={drawn}
        onChange={(value) => replaceUrl({ overlay: Number(value) <= 1 ? null : String(Number(value)) })}
      />
      {more}
      <span className="dim" role="status">
        {rowText(
          chosen,
          address.cut !== '' || address.only.length > 0,
          address.cut === '' ? 'are named' : 'pass the cut',
        )}
      </span>
    </div>
  );
}

function rowText(
  { from, passing, numbers, rows, unit, pending, error }: ChosenRows,
  isCut: boolean,
  why: string,
): string {
  if (error !== null) return `no ${unit}s: the cut cannot be used`;
  if (pending) return `looking for ${unit}s`;
  const last = numbers.length - 1;
  if (!isCut) {
    if (rows === 0) return `no ${unit}s`;
    return numbers.length === 1
      ? `${unit} ${plain(numbers[0])} of ${plain(rows)}`
      : `${unit}s ${plain(numbers[0])} to ${plain(numbers[last])} of ${plain(rows)}`;
  }
  if (passing === 0) return `no ${unit} of ${plain(rows)} passes the cut`;
  if (numbers.length === 0)
    return `no passing ${unit} from here on; ${plain(passing)} of ${plain(rows)} pass the cut`;
  const places =
    numbers.length === 1 ? plain(from + 1) : `${plain(from + 1)} to ${plain(from + numbers.length)}`;
  return `${places} of ${plain(passing)} ${unit}s that ${why}, of ${plain(rows)}`;
}
