import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulateFcio } from '@countroom/decoders';
import { concatenate } from '@countroom/decoders/testing';
import { parseOptions } from '@countroom/pipeline';
import { afterAll, describe, expect, it } from 'vitest';
import { daqToRaw } from '../daq-to-raw/daq-to-raw.stage.js';
import { runByteStage } from './run-byte-stage.js';

const folder = mkdtempSync(join(tmpdir(), 'countroom-stream-'));
const at = (name: string): string => join(folder, name);
const recording = concatenate(simulateFcio({ events: 200, channels: 2, samples: 100, seed: 6 }));
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function sender(send: (socket: Socket) => void): Promise<string> {
  const server = createServer(send);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function convert(input: string, name: string, stop?: AbortSignal, onBytes?: (bytes: number) => void) {
  return runByteStage(
    daqToRaw,
    parseOptions(daqToRaw, { checksums: true }),
    { input, output: at(name), ...(stop === undefined ? {} : { follow: { stop } }), keep: { resume: true } },
    {},
    { onProgress: ({ done }) => onBytes?.(done) },
  );
}

describe('a recording that comes over the network', () => {
  it('is decoded while it comes', async () => {
    const input = await sender((socket) => {
      for (let from = 0; from < recording.length; from += 1000)
        socket.write(recording.subarray(from, from + 1000));
      socket.end();
    });
    const { rows, report } = await convert(input, 'whole.lh5');
    expect(rows).toBeGreaterThan(400);
    expect(report).toMatchObject({
      clean: true,
      bytes: recording.length,
      input: { bytes: recording.length },
    });
  });

  it('ends when somebody says that it is enough, with what has come', async () => {
    const stop = new AbortController();
    const half = recording.length >> 1;
    const input = await sender((socket) => void socket.write(recording.subarray(0, half)));
    const { rows } = await convert(input, 'half.lh5', stop.signal, (bytes) => {
      if (bytes === half) stop.abort();
    });
    expect(rows).toBeGreaterThan(150);
  });

  it('says who does not answer, and what is no address', async () => {
    const gone = await sender(() => undefined);
    const server = servers.pop()!;
    await new Promise((resolve) => server.close(resolve));
    await expect(convert(gone, 'gone.lh5')).rejects.toThrow(/cannot be read: .*ECONNREFUSED/);
    await expect(convert('tcp://nowhere', 'none.lh5')).rejects.toThrow('give tcp://host:port');
  });
});
