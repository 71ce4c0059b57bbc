'use client';

import { type ConfigurationInfo, endpoints } from '@countroom/contracts';
import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';
import type { Json } from '../../lib/form/schema-node';
import type { StoredChain } from './other-chain';

/** A stored chain that was chosen, with its content. */
export interface ChosenChain {
  readonly content: Json;
  /** `th228 v3`. */
  readonly label: string;
}

/** Configurations of raw_to_dsp, and the content of the version that is asked for; undefined as long as it is not there. */
export function useStoredChain(chain: StoredChain | null): {
  readonly configurations: readonly ConfigurationInfo[];
  readonly chosen: ChosenChain | undefined;
  readonly error: unknown;
} {
  const list = useApi(endpoints.configurations.list, { query: { kind: 'raw_to_dsp' } });
  const versions = useApi(
    endpoints.configurations.versions,
    { params: { id: chain?.configuration ?? '' } },
    { enabled: chain !== null },
  );
  const info = list.data?.find(({ id }) => id === chain?.configuration);
  const found = chain === null ? undefined : versions.data?.find(({ version }) => version === chain.version);
  return {
    configurations: list.data ?? [],
    chosen:
      found === undefined
        ? undefined
        : { content: found.content as Json, label: `${info?.name ?? 'chain'} v${found.version}` },
    error: chain === null ? null : (list.error ?? versions.error),
  };
}

/** Chooses a stored chain, its newest version first. */
export function ChainChoice({
  label,
  none,
  chain,
  configurations,
  onChain,
}: {
  readonly label: string;
  /** Words for no chain. */
  readonly none: string;
  readonly chain: StoredChain | null;
  readonly configurations: readonly ConfigurationInfo[];
  readonly onChain: (chain: StoredChain | null) => void;
}): ReactNode {
  const info = configurations.find(({ id }) => id === chain?.configuration);
  return (
    <>
      <NativeSelect
        label={label}
        value={chain?.configuration ?? ''}
        data={[
          { value: '', label: none },
          ...configurations.map(({ id, name, detector }) => ({
            value: id,
            label: detector === null || detector === name ? name : `${name} (${detector})`,
          })),
        ]}
        onChange={(event) => {
          const next = configurations.find(({ id }) => id === event.currentTarget.value);
          onChain(next === undefined ? null : { configuration: next.id, version: next.latest });
        }}
      />
      {chain === null || info === undefined ? null : (
        <NativeSelect
          label="Version"
          value={String(chain.version)}
          data={Array.from({ length: info.latest }, (_, index) => String(info.latest - index))}
          onChange={(event) => onChain({ ...chain, version: Number(event.currentTarget.value) })}
        />
      )}
    </>
  );
}
