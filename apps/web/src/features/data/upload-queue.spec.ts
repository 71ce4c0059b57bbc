import type { ImportResult } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { type SendFile, type Upload, UploadQueue } from './upload-queue';

interface Sending {
  readonly name: string;
  readonly sent: (bytes: number) => void;
  readonly signal: AbortSignal;
  readonly succeed: () => void;
  readonly fail: (error: Error) => void;
}

const facts = { detector: 'imported', comment: '', run: null };

function setUp(): { queue: UploadQueue; send: SendFile; sendings: Sending[] } {
  const sendings: Sending[] = [];
  const send: SendFile = (file, _facts, sent, signal) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('stopped')));
      const result = { run: sendings.length + 1 } as ImportResult;
      sendings.push({ name: file.name, sent, signal, succeed: () => resolve(result), fail: reject });
    });
  return { queue: new UploadQueue(), send, sendings };
}

function file(name: string, size = 4): File {
  return new File([new Uint8Array(size)], name);
}

function states(queue: UploadQueue): [string, Upload['state']][] {
  return queue.list().map((upload) => [upload.name, upload.state]);
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
}

describe('UploadQueue', () => {
  it('sends one file after the other and shows how far each is', async () => {
    const { queue, send, sendings } = setUp();
    queue.add([file('a'), file('b')], facts, send);
    expect(states(queue)).toEqual([
      ['a', 'sending'],
      ['b', 'waiting'],
    ]);
    sendings[0]!.sent(2);
    expect(queue.list()[0]).toMatchObject({ sentBytes: 2, state: 'sending' });
    sendings[0]!.sent(4);
    expect(queue.list()[0]!.state).toBe('storing');
    sendings[0]!.succeed();
    await settle();
    expect(states(queue)).toEqual([
      ['a', 'done'],
      ['b', 'sending'],
    ]);
    expect(queue.list()[0]!.result).toMatchObject({ run: 1 });
  });

  it('goes on behind a file that failed, and sends it again when asked', async () => {
    const { queue, send, sendings } = setUp();
    queue.add([file('a'), file('b')], facts, send);
    sendings[0]!.fail(new Error('the disk is full'));
    await settle();
    expect(states(queue)[0]).toEqual(['a', 'failed']);
    expect(sendings[1]!.name).toBe('b');
    queue.retry(queue.list()[0]!.id);
    expect(states(queue)).toEqual([
      ['b', 'sending'],
      ['a', 'waiting'],
    ]);
  });

  it('stops the one that is being sent, and those that wait', async () => {
    const { queue, send, sendings } = setUp();
    queue.add([file('a'), file('b'), file('c')], facts, send);
    const [a, b] = queue.list();
    queue.cancel(b!.id);
    queue.cancel(a!.id);
    expect(sendings[0]!.signal.aborted).toBe(true);
    await settle();
    expect(states(queue)).toEqual([
      ['a', 'cancelled'],
      ['b', 'cancelled'],
      ['c', 'sending'],
    ]);
    sendings[0]!.sent(1);
    expect(states(queue)[0]).toEqual(['a', 'cancelled']);
  });

  it('forgets what is over, and tells those who watch', async () => {
    const { queue, send, sendings } = setUp();
    let told = 0;
    const stop = queue.subscribe(() => {
      told += 1;
    });
    queue.add([file('a'), file('b')], facts, send);
    sendings[0]!.succeed();
    await settle();
    queue.clearSettled();
    expect(states(queue)).toEqual([['b', 'sending']]);
    const before = told;
    expect(before).toBeGreaterThan(3);
    stop();
    queue.cancel(queue.list()[0]!.id);
    expect(told).toBe(before);
  });
});
