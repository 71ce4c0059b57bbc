'use client';

import { type DatasetInfo, endpoints } from '@countroom/contracts';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { useApiClient } from '../../lib/api/api-provider';
import { apiKey } from '../../lib/api/use-api';
import { int64Bytes } from '../../lib/format/int64';
import { EmptyState } from '../../lib/states/empty-state';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { Panel } from '../../lib/ui/panel';
import classes from './data.module.css';
import { fileName } from './dataset-file';

const largest = 20_000_000n;

/** A picture that a consumer drew. It is shown as an image, so that nothing that stands in it is run. */
export function PictureView({ dataset }: { readonly dataset: DatasetInfo }): ReactNode {
  if (BigInt(dataset.bytes) > largest)
    return (
      <Panel title="Picture">
        <EmptyState title="The picture is too large to be shown here.">
          {`It has ${int64Bytes(dataset.bytes)}; download it and open it with a program for pictures.`}
        </EmptyState>
      </Panel>
    );
  return <SmallPicture dataset={dataset} />;
}

function SmallPicture({ dataset }: { readonly dataset: DatasetInfo }): ReactNode {
  const api = useApiClient();
  const args = { params: { id: dataset.id } };
  const file = useQuery({
    queryKey: [...apiKey(endpoints.data.download, args), dataset.bytes],
    queryFn: ({ signal }) =>
      api.call(endpoints.data.download, { ...args, signal }).then((answer: unknown) => answer as ArrayBuffer),
  });
  return (
    <Panel title="Picture">
      <QueryView query={file} loading={<LoadingState lines={1} height={320} />}>
        {(bytes) => <Picture bytes={bytes} name={fileName(dataset)} />}
      </QueryView>
    </Panel>
  );
}

function Picture({ bytes, name }: { readonly bytes: ArrayBuffer; readonly name: string }): ReactNode {
  const [address, setAddress] = useState<string>();
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    const type = name.toLowerCase().endsWith('.png') ? 'image/png' : 'image/svg+xml';
    const made = URL.createObjectURL(new Blob([bytes], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, name]);
  if (broken)
    return (
      <EmptyState title="The file is no picture that a browser can show.">
        It may have been cut off when its consumer ended; download it to look at what is there.
      </EmptyState>
    );
  if (address === undefined) return <LoadingState lines={1} height={320} />;
  return <img className={classes['picture']} src={address} alt={name} onError={() => setBroken(true)} />;
}
