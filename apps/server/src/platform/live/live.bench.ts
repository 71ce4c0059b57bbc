import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { localAddress, openPublisher } from '@countroom/bus';
import { createLiveClient, type LiveClient } from '@countroom/client';
import { topicKey, type WaveformsFrame } from '@countroom/contracts';
import type { HttpAdapterHost } from '@nestjs/core';
import { Authenticator } from '../auth/authenticator.js';
import { CredentialsRepository } from '../auth/credentials.repository.js';
import { parseConfig } from '../config/load-config.js';
import type { NotificationsService } from '../database/notifications.service.js';
import { BusFeed } from './bus-feed.js';
import { LiveGateway } from './live.gateway.js';
import { LiveHub } from './live-hub.js';

/*
 * Waveforms from a publisher over the bus, the hub and the socket to viewers, all in one process: frames per second that
 * one viewer draws when there always is a newer one, and the age of data when drawn at the normal ten frames per second.
 */
const channels = 4;
const samples = 2048;
const secondsEach = 5;

const folder = mkdtempSync(join(tmpdir(), 'live-bench-'));
const config = parseConfig({
  COUNTROOM_AUTH: 'off',
  COUNTROOM_DATA: folder,
  COUNTROOM_BUS_FOLDER: join(folder, 'bus'),
});
const http = createServer();
const hub = new LiveHub();
const feed = new BusFeed(config, hub);
const gateway = new LiveGateway(
  config,
  { httpAdapter: { getHttpServer: () => http } } as unknown as HttpAdapterHost,
  new Authenticator(config, Object.create(CredentialsRepository.prototype) as CredentialsRepository),
  { subscribe: () => () => undefined } as unknown as NotificationsService,
  hub,
);
feed.onApplicationBootstrap();
gateway.onApplicationBootstrap();
await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
const baseUrl = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
const bus = await openPublisher({ addresses: [localAddress(config.bus.folder, 'demo')] });
feed.follow('demo');

const header: WaveformsFrame = {
  run: 1,
  waveforms: Array.from({ length: channels }, (_, channel) => ({
    channel,
    source: 'det1',
    eventNumber: '1',
    deviceTimeNs: '0',
    dtNs: 16,
    t0Ns: 0,
    samples,
    offset: channel * samples,
    length: samples,
    decimated: false,
    unit: 'adc',
  })),
};
const payload = new Uint8Array(new Float32Array(channels * samples).fill(10_000).buffer);
const key = topicKey('detector.waveforms', { detector: 'demo' });

async function measure(what: string, viewers: number, pauseMs: number): Promise<void> {
  const ages: number[] = [];
  const clients: LiveClient[] = [];
  for (let i = 0; i < viewers; i++) {
    const client = createLiveClient({ baseUrl });
    client.subscribe(
      'detector.waveforms',
      { detector: 'demo' },
      ({ dataAtMs }) => void ages.push(Date.now() - dataAtMs),
    );
    clients.push(client);
  }
  const publish = (): void =>
    bus.publish({ key, topic: 'detector.waveforms', header, payload, dataAtMs: Date.now() });
  while (ages.length === 0) {
    publish();
    await sleep(20);
  }
  ages.length = 0;
  const end = performance.now() + secondsEach * 1000;
  while (performance.now() < end) {
    publish();
    await sleep(pauseMs);
  }
  for (const client of clients) client.close();
  ages.sort((a, b) => a - b);
  const at = (fraction: number): number =>
    ages[Math.min(ages.length - 1, Math.floor(ages.length * fraction))] ?? Number.NaN;
  const line = {
    what,
    viewers,
    framesPerSecondPerViewer: Math.round(ages.length / secondsEach / viewers),
    megabytesPerSecond: Number(((ages.length * payload.byteLength) / secondsEach / 1e6).toFixed(1)),
    ageMedianMs: at(0.5),
    age99Ms: at(0.99),
  };
  console.log(JSON.stringify(line));
}

console.log(
  JSON.stringify({
    machine: cpus()[0]?.model,
    cpus: cpus().length,
    node: process.version,
    frameBytes: payload.byteLength,
  }),
);
await measure('as fast as the viewer draws', 1, 0);
await measure('ten frames per second', 1, 100);
await measure('ten frames per second', 20, 100);

await gateway.beforeApplicationShutdown();
await feed.onApplicationShutdown();
await bus.close();
http.close();
rmSync(folder, { recursive: true, force: true });
process.exit(0);
