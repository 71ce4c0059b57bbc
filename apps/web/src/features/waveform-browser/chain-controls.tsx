'use client';

import { MultiSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { replaceUrl, urlList } from '../../lib/url/url-state';
import { ChainChoice, type useStoredChain } from '../chain-editor/chain-choice';
import { urlChain } from '../chain-editor/other-chain';
import classes from './browser.module.css';
import type { BrowserAddress } from './browser-address';

const mostFaults = 3;

/** A chain that is computed for the drawn rows, and its waveforms that are drawn with them. */
export function ChainControls({
  address,
  configurations,
  waveforms,
  faults,
  pending,
}: {
  readonly address: BrowserAddress;
  readonly configurations: ReturnType<typeof useStoredChain>['configurations'];
  /** Those that it makes. */
  readonly waveforms: readonly string[];
  readonly faults: readonly string[];
  readonly pending: boolean;
}): ReactNode {
  const { chain, waves } = address;
  return (
    <div className={classes['controls']}>
      <ChainChoice
        label="Chain computed here"
        none="none"
        chain={chain}
        configurations={configurations}
        onChain={(next) =>
          replaceUrl({ chain: urlChain.write(next), ...(next === null ? { waves: null } : {}) })
        }
      />
      {chain === null ? (
        <span className="dim">Its waveforms are drawn, and its numbers stand in the lists as chain/…</span>
      ) : (
        <MultiSelect
          label="Waveforms of the chain"
          className={classes['waves'] ?? ''}
          data={[...new Set([...waveforms, ...waves])]}
          value={[...waves]}
          searchable
          clearable
          hidePickedOptions
          onChange={(names) => replaceUrl({ waves: urlList.write(names) })}
        />
      )}
      {pending ? <span className="dim">Computing …</span> : null}
      {faults.length === 0 ? null : (
        <ul role="status" className={classes['faults']} aria-label="Faults of the chain">
          {faults.slice(0, mostFaults).map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
          {faults.length > mostFaults ? <li>and {faults.length - mostFaults} more</li> : null}
        </ul>
      )}
    </div>
  );
}
