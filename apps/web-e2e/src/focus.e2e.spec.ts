import { endpoints } from '@countroom/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { importRaw } from './harness/arrange.js';
import { tabThrough } from './harness/focus.js';
import { useBench } from './harness/test.js';

const bench = useBench();

describe('the focus', () => {
  let paths: string[] = [];
  beforeAll(async () => {
    const api = await bench.api();
    const raw = await importRaw(api, 'focus.fcio', 99);
    const [configuration] = await api.call(endpoints.configurations.list, { query: { kind: 'raw_to_dsp' } });
    paths = [
      '/control-room',
      '/runs',
      `/runs/imported/${raw.run}`,
      '/data',
      `/data/${raw.id}?path=FCEvent`,
      `/data/${raw.id}?path=FCEvent&view=waveforms`,
      `/data/${raw.id}?path=FCEvent/baseline&view=histogram`,
      `/process?runs=imported/${raw.run}`,
      '/jobs',
      `/jobs/${raw.jobId ?? ''}`,
      '/configurations',
      `/configurations/${configuration?.id ?? ''}`,
      '/log',
      '/alarms',
      '/administration',
      '/administration?tab=tokens',
      '/administration?tab=audit',
      '/administration?tab=system',
    ];
  });

  it('is seen on every control of every page, and goes round without a trap', async () => {
    const watched = await bench.page();
    const faults: string[] = [];
    for (const path of paths) {
      await watched.goto(path, /./);
      faults.push(...(await tabThrough(watched.page)).map((fault) => `${path}: ${fault}`));
    }
    expect(faults).toEqual([]);
  });
});
