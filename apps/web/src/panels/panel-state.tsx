'use client';

import { createContext, type ReactNode, useContext } from 'react';
import { type UrlCodec, useUrlState } from '../lib/url/url-state';

const PanelName = createContext('');

/** Gives the panel below its name in the address; two of a kind on one page have different ones. */
export function NamedPanel({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ReactNode;
}): ReactNode {
  return <PanelName value={name}>{children}</PanelName>;
}

/** A setting of a panel in the address: `oscilloscope.mode`. `kind` is the name of a panel that was given none. */
export function usePanelState<T>(
  kind: string,
  setting: string,
  codec: UrlCodec<T>,
): readonly [T, (value: T) => void] {
  const name = useContext(PanelName);
  return useUrlState(`${name === '' ? kind : name}.${setting}`, codec);
}
