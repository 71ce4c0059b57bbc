import { parentPort } from 'node:worker_threads';
import { Decompress } from 'fzstd';
import type { ZstdAnswer, ZstdRequest } from './zstd-thread.js';

let parts: Uint8Array<ArrayBuffer>[] = [];

function begin(): Decompress {
  return new Decompress((data) => {
    if (data.length > 0) parts.push(data.slice());
  });
}

let unpacker = begin();

function answerOf({ piece, isFirst, isLast }: ZstdRequest): ZstdAnswer {
  if (isFirst) unpacker = begin();
  parts = [];
  try {
    unpacker.push(piece, isLast);
    return { parts };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

parentPort!.on('message', (request: ZstdRequest) => {
  const answer = answerOf(request);
  parentPort!.postMessage(answer, 'parts' in answer ? answer.parts.map(({ buffer }) => buffer) : []);
});
