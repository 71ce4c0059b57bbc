import { once } from 'node:events';
import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWriter, openReader } from '../backend.js';
import { sampleTable } from '../testing/sample-objects.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { isRemote, openRemoteReader } from './open-remote.js';
import { RemoteBytes } from './remote-bytes.js';

const place = temporaryFolder();
const rows = 20_000;

/** A server in a thread of its own, since reading blocks this one. It counts the bytes that it gives out. */
const server = `
  const { createServer } = require('node:http');
  const { readFileSync } = require('node:fs');
  const { parentPort, workerData } = require('node:worker_threads');
  let given = 0;
  const http = createServer((request, response) => {
    if (request.url === '/given') return response.end(String(given));
    if (request.url === '/broken.lh5' && given++ > 0) return request.socket.destroy();
    if (request.url === '/silent.lh5') return;
    if (request.url === '/missing.lh5') return response.writeHead(404).end();
    const bytes = readFileSync(workerData);
    if (request.url === '/whole.lh5') return response.end(bytes);
    const [, first, last] = /bytes=(\\d+)-(\\d+)/.exec(request.headers.range);
    const part = bytes.subarray(Number(first), Number(last) + 1);
    given += part.length;
    response.writeHead(206, { 'content-range': \`bytes \${first}-\${last}/\${bytes.length}\` }).end(part);
  });
  http.listen(0, '127.0.0.1', () => parentPort.postMessage(http.address().port));
`;

describe('a file on a server', () => {
  const file = place('run.lh5');
  let worker: Worker;
  let address = '';

  beforeAll(async () => {
    const writer = await createWriter(file);
    await writer.append('ch1/raw', sampleTable(rows));
    await writer.close();
    worker = new Worker(server, { eval: true, workerData: file });
    const [port] = (await once(worker, 'message')) as [number];
    address = `http://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    await worker.terminate();
  });

  async function given(): Promise<number> {
    return Number(await (await fetch(`${address}/given`)).text());
  }

  it('is read as one of this machine, and no more of it than is needed', { timeout: 30_000 }, async () => {
    expect([isRemote(address), isRemote('run.lh5')]).toEqual([true, false]);
    const [far, near] = [await openRemoteReader(`${address}/run.lh5`), await openReader(file)];
    expect(await far.tree()).toEqual(await near.tree());
    const before = await given();
    const part = { rows: [9000, 9010] as const, columns: ['energy', 'hits'] };
    expect(await far.read('ch1/raw', part)).toEqual(await near.read('ch1/raw', part));
    const fetched = (await given()) - before;
    const { size } = statSync(file);
    expect(fetched).toBeGreaterThan(0);
    expect(fetched).toBeLessThan(0.7 * size);
    const whole = { columns: ['timestamp'] };
    expect(await far.readTable('ch1/raw', whole)).toEqual(await near.readTable('ch1/raw', whole));
    await far.close();
    await near.close();
    await expect(far.read('ch1/raw')).rejects.toThrow('has been closed');
  });

  it('is given up when an answer is late, which might be taken for the next one', () => {
    const bytes = new RemoteBytes(`${address}/silent.lh5`, 1000, 20);
    const read = () => bytes.read(new Uint8Array(10), 0);
    expect(read).toThrow(/silent\.lh5.*no answer within/);
    expect(read).toThrow('an answer was late before; open it again');
    bytes.close();
  });

  it('that cannot be read is an error that says why', async () => {
    await expect(openRemoteReader(`${address}/missing.lh5`)).rejects.toThrow('the server answers 404');
    await expect(openRemoteReader(`${address}/whole.lh5`)).rejects.toThrow('download it first');
    await expect(openRemoteReader(`${address}/broken.lh5`)).rejects.toThrow('cannot be');
    await expect(openRemoteReader('http://127.0.0.1:1/x.lh5')).rejects.toThrow('cannot be opened');
  });
});
