import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetInfo, ImportResult, Problem } from '@countroom/contracts';
import { type Caller, startTestApi, type TestApi } from '../../../platform/http/testing/test-api.js';
import { temporaryFolder, writeSampleFile } from './sample-files.js';

/** An api with the sample file in it, and what tests ask of it. */
export interface DataFixture {
  readonly api: TestApi;
  readonly viewer: Caller;
  readonly folder: string;
  /** Of the files that were taken in. */
  readonly store: string;
  readonly lh5: DatasetInfo;
  readonly upload: (bytes: Buffer, name: string) => Promise<DatasetInfo>;
  /** The answer to a viewer; throws when there is none. */
  readonly get: <T>(path: string) => Promise<T>;
  /** Why a viewer gets none: `404 not-found: …`. */
  readonly refusal: (path: string) => Promise<string>;
  /** Path of something of the sample file. */
  readonly of: (what: string) => string;
  readonly stop: () => Promise<void>;
}

export async function startDataFixture(): Promise<DataFixture> {
  const place = temporaryFolder();
  const api = await startTestApi({ COUNTROOM_DATA: place.path });
  await api.prisma.detector.create({ data: { name: 'imported', kind: 'files' } });
  const viewer = await api.signIn('viewer', [{ role: 'viewer', detector: null }]);
  const shifter = await api.signIn('shifter', [{ role: 'shifter', detector: null }]);
  const upload = async (bytes: Buffer, name: string): Promise<DatasetInfo> => {
    const response = await fetch(`${api.origin}/api/v1/imports/upload?name=${name}`, {
      method: 'PUT',
      headers: shifter.headers,
      body: new Uint8Array(bytes),
    });
    if (response.status !== 200) throw new Error(await response.text());
    return ((await response.json()) as ImportResult).dataset;
  };
  const file = join(place.path, 'sample.lh5');
  await writeSampleFile(file);
  const lh5 = await upload(readFileSync(file), 'sample.lh5');
  return {
    api,
    viewer,
    folder: place.path,
    store: join(place.path, 'files'),
    lh5,
    upload,
    get: async <T>(path: string): Promise<T> => {
      const { status, body } = await api.call('GET', path, { as: viewer });
      if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
      return body as T;
    },
    refusal: async (path) => {
      const { status, body } = await api.call('GET', path, { as: viewer });
      return `${status} ${(body as Problem).code}: ${(body as Problem).message}`;
    },
    of: (what) => `/datasets/${lh5.id}/${what}`,
    stop: async () => {
      await api.stop();
      place.remove();
    },
  };
}
