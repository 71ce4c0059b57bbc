import { builtinCatalogue, processorCatalogue } from '@countroom/dsp';
import { browserKernels } from '@countroom/dsp/browser';
import { decodeBatch, type RecordBatch } from '@countroom/records';
import { inspect } from './inspector';
import type { FromInspector, ToInspector } from './inspector-messages';
import type { JoinedRows } from './joined-tables';

const say = (message: FromInspector): void => {
  self.postMessage(message);
};
const words = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

let rows: RecordBatch | null = null;
let joined: readonly JoinedRows<RecordBatch>[] = [];

async function answer(message: ToInspector): Promise<void> {
  if (message.kind === 'rows') {
    rows = message.bytes === null ? null : decodeBatch(message.bytes);
    joined = message.joined.map((one) => ({
      ...one,
      rows: one.rows === null ? null : decodeBatch(one.rows),
    }));
    return;
  }
  const found = inspect(message.question, rows, await browserKernels(), joined);
  say({ kind: 'answer', id: message.id, answer: found });
}

self.addEventListener('message', ({ data }: MessageEvent<ToInspector>) => {
  answer(data).catch((fault: unknown) =>
    say({ kind: 'fault', id: data.kind === 'ask' ? data.id : null, message: words(fault) }),
  );
});
say({ kind: 'ready', catalogue: processorCatalogue(), builtins: builtinCatalogue() });
