'use client';

import type { ReactNode } from 'react';
import type { Age } from './staleness';

/** A live value: grey, hatched and with its age once it is stale. */
export function LiveText({ age, children }: { readonly age: Age; readonly children: ReactNode }): ReactNode {
  return (
    <span className={age.stale ? 'stale' : undefined} data-stale={age.stale}>
      {children}
      {age.stale ? <small> {age.text}</small> : null}
    </span>
  );
}
